export type { SkippedMethod } from "./choose.ts";
export {
  type ChosenMethod,
  describeEnvironmentAuth,
  type EnvironmentAuthDescription,
} from "./describe.ts";
export { environmentAuth } from "./environment-auth.ts";
export type { EnvironmentAuthOptions } from "./options.ts";
export type { EnvironmentAuthMethod } from "./row.ts";
