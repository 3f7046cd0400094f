export { type AlicloudAuthOptions, alicloudAuth } from "./alicloud-auth.ts";
