export { type JwtAuthOptions, jwtAuth } from "./jwt-auth.ts";
export { type OidcAuthOptions, oidcAuth } from "./oidc-auth.ts";
export { type SpiffeAuthOptions, spiffeAuth } from "./spiffe-auth.ts";
