// Only types, because the first AWS login loads this package.
export type * from "@infisical/auth-aws";
export * from "@infisical/auth-universal";
export * from "@infisical/cache";
export * from "@infisical/core";
export type { Fetch, FetchInit, FetchResponse } from "@infisical/core/ky";
export * from "@infisical/dynamic-secrets";
export * from "@infisical/kms";
export * from "@infisical/projects";
export * from "@infisical/secrets";
export { type AuthClient, type AwsIamAuthClient, awsIamAuth, type UniversalAuthClient } from "./auth.ts";
export { InfisicalSDK, type InfisicalSDKOptions } from "./infisical-sdk.ts";
export type * from "./official-requests.ts";
export type * from "./official-responses.ts";
