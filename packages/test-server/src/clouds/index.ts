export {
  createTestAzureMetadata,
  type TestAzureMetadata,
  type TestAzureMetadataOptions,
  type TestManagedIdentity,
} from "./azure-metadata.ts";
export {
  createTestAzurePipelines,
  type TestAzurePipelines,
  type TestAzurePipelinesOptions,
} from "./azure-pipelines.ts";
export {
  createTestAzureTokenEndpoint,
  type TestAzureTokenEndpoint,
  type TestAzureTokenEndpointOptions,
} from "./azure-token-endpoint.ts";
export { createTestBuildkite, type TestBuildkite, type TestBuildkiteOptions } from "./buildkite.ts";
export { createTestFly, type TestFly, type TestFlyOptions } from "./fly.ts";
export {
  createTestGitHubActions,
  type TestGitHubActions,
  type TestGitHubActionsOptions,
} from "./github-actions.ts";
export {
  createTestGoogleMetadata,
  type TestGoogleMetadata,
  type TestGoogleMetadataOptions,
} from "./google-metadata.ts";
export {
  createTestInstanceMetadata,
  type TestInstanceMetadata,
  type TestInstanceMetadataOptions,
} from "./instance-metadata.ts";
export type { StandIn } from "./stand-in.ts";
export {
  createTestTokenIssuer,
  type TestTokenIssuer,
  type TestTokenIssuerOptions,
} from "./test-token-issuer.ts";
export type { IssueTokenOptions, JsonWebKeySet, TokenClaims, TokenIssuer } from "./token-issuer.ts";
