export type { TestClock, TestClockOptions } from "./clock.js";
export type {
  CredentialIssuer,
  IssuedDynamicSecret,
  IssuedLease,
  NewIssuedLease,
} from "./dynamic-secrets/credential-issuer.js";
export type { RevocationFailure } from "./dynamic-secrets/revocation-failures.js";
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
} from "./faults/failure.js";
export { createTestInstanceMetadata } from "./instance-metadata/create-test-instance-metadata.js";
export type {
  TestInstanceMetadata,
  TestInstanceMetadataOptions,
} from "./instance-metadata/test-instance-metadata.js";
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
} from "./options.js";
export type { LoggedRequest } from "./request-log.js";
export { createTestServer } from "./server.js";
export type {
  ListenOptions,
  SeededIdentity,
  SeededProject,
  StoredLease,
  StoredSecret,
  StoredSecretPlace,
  TestLeases,
  TestSecrets,
  TestServer,
  TestTokens,
  UniversalAuthCredentials,
} from "./test-server.js";
export type {
  TestTransport,
  TestTransportRequest,
  TestTransportResponse,
} from "./transport/test-transport.js";
