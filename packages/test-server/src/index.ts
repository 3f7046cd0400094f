export type {
  PathParameters,
  TestRouteHandler,
  TestRouteIdentity,
  TestRouteMethod,
  TestRouteOptions,
  TestRouteRequest,
} from "./api/own-routes.ts";
export type { RateLimitPreset, RateLimits } from "./api/rate-limit-options.ts";
export type {
  CertificateDefaults,
  NewCertificateProfile,
  StoredCertificate,
  StoredCertificateProfile,
  StoredCertificateRequest,
  TestCertificates,
} from "./certificate-access.ts";
export type { ClusterFailure, ClusterResponse, TestCluster } from "./clouds/kubernetes-cluster.ts";
export type { IssueTokenOptions, JsonWebKeySet, TokenClaims, TokenIssuer } from "./clouds/token-issuer.ts";
export type {
  SeededIdentity,
  SeededProject,
  StoredLease,
  StoredSecret,
  StoredSecretLocation,
  TestEvents,
  TestLeases,
  TestSecrets,
  TestTokens,
  UniversalAuthCredentials,
} from "./direct-access.ts";
export type { AsyncDisposal } from "./engine/async-disposal.ts";
export type { TestClock, TestClockOptions } from "./engine/clock.ts";
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
} from "./engine/failure.ts";
export type {
  TestTransport,
  TestTransportRequest,
  TestTransportResponse,
  TestTransportStream,
} from "./engine/in-process-transport.ts";
export type { LoggedRequest } from "./engine/responder.ts";
export type { ListenOptions } from "./engine/socket-server.ts";
export type { DynamicSecretsOptions, SecretValidationRuleSeed, TestServerOptions } from "./options.ts";
export type {
  CredentialIssuer,
  IssuedDynamicSecret,
  IssuedLease,
  NewIssuedLease,
} from "./resources/dynamic-secrets/credential-issuer.ts";
export type { RevocationFailure } from "./resources/dynamic-secrets/leases.ts";
export type { AccessTokenSeed } from "./seed/access-token-seed.ts";
export type { AlicloudAccessKeySeed, AlicloudAuthSeed } from "./seed/alicloud-seed.ts";
export type { AzureAuthSeed } from "./seed/azure-seed.ts";
export type { JwtAuthSeed, OidcAuthSeed } from "./seed/bound-token-seed.ts";
export type { GcpAuthSeed, ServiceAccountKeys } from "./seed/gcp-seed.ts";
export type {
  AwsAuthSeed,
  AwsCredentialSeed,
  IdentitySeed,
  PrivilegeSeed,
  UniversalAuthSeed,
} from "./seed/identity-seed.ts";
export type { KubernetesAuthSeed, TokenReviewSeed } from "./seed/kubernetes-seed.ts";
export type { LdapAuthSeed, LdapUserSeed } from "./seed/ldap-seed.ts";
export type { OciAuthSeed, OciUserSeed } from "./seed/oci-seed.ts";
export type {
  ApprovalSeed,
  DynamicSecretSeed,
  EnvironmentSeed,
  FolderSecretsSeed,
  ImportSeed,
  ProjectSeed,
  SecretSeed,
  TagSeed,
} from "./seed/project-seed.ts";
export type { SpiffeAuthSeed } from "./seed/spiffe-seed.ts";
export type { TlsCertAuthSeed } from "./seed/tls-cert-seed.ts";
export { createTestServer } from "./server.ts";
export type { TestServer } from "./test-server.ts";
