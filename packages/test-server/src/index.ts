export type { TestClock, TestClockOptions } from "./clock.ts";
export type {
  CredentialIssuer,
  IssuedDynamicSecret,
  IssuedLease,
  NewIssuedLease,
} from "./dynamic-secrets/credential-issuer.ts";
export type { RevocationFailure } from "./dynamic-secrets/revocation-failures.ts";
export type {
  DelayFailure,
  DropFailure,
  Failure,
  FailureHandle,
  FailureMatch,
  GarbageFailure,
  RateLimitFailure,
  RedirectFailure,
  RefuseFailure,
  StallFailure,
  StatusFailure,
  TruncateFailure,
} from "./faults/failure.ts";
export { createTestInstanceMetadata } from "./instance-metadata/create-test-instance-metadata.ts";
export type {
  TestInstanceMetadata,
  TestInstanceMetadataOptions,
} from "./instance-metadata/test-instance-metadata.ts";
export type {
  AccessTokenSeed,
  ApprovalSeed,
  AwsAuthSeed,
  AwsCredentialSeed,
  DynamicSecretSeed,
  DynamicSecretsOptions,
  EnvironmentSeed,
  FolderSecretsSeed,
  IdentitySeed,
  ImportSeed,
  JwtAuthSeed,
  ProjectSeed,
  SecretSeed,
  SecretValidationRuleSeed,
  TagSeed,
  TestServerOptions,
  UniversalAuthSeed,
} from "./options.ts";
export type { LoggedRequest } from "./request-log.ts";
export { createTestServer } from "./server.ts";
export type {
  ListenOptions,
  SeededIdentity,
  SeededProject,
  StoredLease,
  StoredSecret,
  StoredSecretLocation,
  TestLeases,
  TestSecrets,
  TestServer,
  TestTokens,
  UniversalAuthCredentials,
} from "./test-server.ts";
export type {
  TestTransport,
  TestTransportRequest,
  TestTransportResponse,
} from "./transport/test-transport.ts";
