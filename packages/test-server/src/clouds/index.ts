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
