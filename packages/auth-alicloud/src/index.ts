export type { AlicloudAccessKey, AlicloudCredentials } from "./access-key.ts";
export { type AlicloudAuthOptions, alicloudAuth } from "./alicloud-auth.ts";
