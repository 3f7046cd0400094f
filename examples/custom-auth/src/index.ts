export type { JwtAlgorithm } from "./sign-jwt.ts";
export { type SignedJwtAuthOptions, signedJwtAuth } from "./signed-jwt-auth.ts";
