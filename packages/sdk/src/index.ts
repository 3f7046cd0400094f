// Only types, because the first login with them loads these packages.
export type * from "@infisical/auth-alicloud";
export type * from "@infisical/auth-aws";
export type * from "@infisical/auth-azure";
export type * from "@infisical/auth-env";
export type * from "@infisical/auth-gcp";
export type * from "@infisical/auth-kubernetes";
export type * from "@infisical/auth-ldap";
export type * from "@infisical/auth-oci";
export type * from "@infisical/auth-oidc";
export type * from "@infisical/auth-tls-cert";
export * from "@infisical/auth-universal";
export * from "@infisical/cache";
export * from "@infisical/core";
export type { Fetch, FetchInit, FetchResponse } from "@infisical/core/ky";
export * from "@infisical/dynamic-secrets";
export * from "@infisical/kms";
export * from "@infisical/projects";
export * from "@infisical/secrets";
export type {
  AuthClient,
  AuthMethodClient,
  AwsIamAuthClient,
  OptionalAuthMethodClient,
  UniversalAuthClient,
} from "./auth.ts";
export type { FromEnvironmentOptions } from "./environment.ts";
export { describeEnvironmentAuth, environmentAuth } from "./environment-auth.ts";
export type { InfisicalSDKOptions } from "./infisical-sdk.ts";
export type * from "./official-requests.ts";
export type * from "./official-responses.ts";
export {
  alicloudAuth,
  awsIamAuth,
  azureAuth,
  gcpIamAuth,
  gcpIdTokenAuth,
  jwtAuth,
  kubernetesAuth,
  ldapAuth,
  ociAuth,
  oidcAuth,
  spiffeAuth,
  tlsCertAuth,
} from "./strategies.ts";
export { InfisicalSDK, type InfisicalSDKConstructor } from "./with-plugins.ts";
