export { type EnvAuthOptions, envAuth } from "./env-auth.ts";
