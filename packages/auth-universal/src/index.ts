export { type UniversalAuthOptions, universalAuth } from "./universal-auth.ts";
