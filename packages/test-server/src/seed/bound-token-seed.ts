import { z } from "zod";
import { readPublicKey } from "../auth/json-web-token.ts";
import { type Check, list, name, type ObjectOf, object, optional, record, url } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";
import { keySet } from "./key-set-seed.ts";

/** What the claims of a token must be. */
const boundClaims = {
  /**
   * The required `sub`: a text, or a glob in which `*` stops at a slash and `**` does not.
   *
   * @defaultValue any
   */
  boundSubject: optional(name),
  /**
   * The allowed values of `aud`, or of one of its entries; globs too.
   *
   * @defaultValue any
   */
  boundAudiences: optional(list(name)),
  /**
   * Further required claims by name, `a.b` for nested ones. Several allowed values are separated by `", "`; globs too.
   *
   * @defaultValue none
   */
  boundClaims: optional(record(name)),
};

const publicKey: Check<string> = z
  .string()
  .refine((pem) => readPublicKey(pem) !== undefined, "must be a public key in PEM form");

export const jwtAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * Public keys in PEM form (RSA, elliptic curve or Ed25519). A JWT must be signed with one of them.
   *
   * @defaultValue those of the JWKS
   */
  publicKeys: optional(list(publicKey, { atLeast: 1 })),
  /**
   * The address of a JWKS, which is fetched at every login. The header of a JWT names its key.
   *
   * @defaultValue the server's own issuer, without a request
   */
  jwksUrl: optional(url),
  /**
   * The JWKS itself, in place of its address.
   *
   * @defaultValue that of the address
   */
  jwks: keySet,
  /**
   * The required `iss`.
   *
   * @defaultValue any
   */
  boundIssuer: optional(name),
  ...boundClaims,
});

/**
 * JWT Auth of a seeded identity: the trusted keys, and the claims that a JWT must have.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       jwtAuth: { boundIssuer: "https://issuer.example.com", jwks: { keys: [] } },
 *     },
 *     { name: "by address", jwtAuth: { jwksUrl: "https://issuer.example.com/keys" } },
 *     {
 *       name: "by keys",
 *       jwtAuth: { publicKeys: ["the key as PEM"] },
 *     },
 *   ],
 * });
 */
export interface JwtAuthSeed extends ObjectOf<typeof jwtAuthSeed.fields> {}

export const oidcAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * The address before `/.well-known/openid-configuration`, which is fetched at every login.
   *
   * @defaultValue the server's own issuer, without a request
   */
  oidcDiscoveryUrl: optional(url),
  /**
   * The required `iss`.
   *
   * @defaultValue the name of the issuer
   */
  boundIssuer: optional(name),
  ...boundClaims,
  /**
   * Claims that the access token receives, by the names that they have there; `a.b` for nested ones.
   *
   * @defaultValue none
   */
  claimMetadataMapping: optional(record(name)),
});

/**
 * OIDC Auth of a seeded identity: the issuer, and the claims that a token must have.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       oidcAuth: {
 *         boundIssuer: "https://token.actions.githubusercontent.com",
 *         claimMetadataMapping: { repository: "repository" },
 *       },
 *     },
 *   ],
 * });
 */
export interface OidcAuthSeed extends ObjectOf<typeof oidcAuthSeed.fields> {}
