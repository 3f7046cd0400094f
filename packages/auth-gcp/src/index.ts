export { type GcpIamAuthOptions, gcpIamAuth } from "./gcp-iam-auth.ts";
export { type GcpIdTokenAuthOptions, gcpIdTokenAuth } from "./gcp-id-token-auth.ts";
export type { GcpServiceAccountKey } from "./service-account-key.ts";
