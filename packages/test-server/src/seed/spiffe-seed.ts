import { list, name, type ObjectOf, object, optional, url, wholeNumber } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";
import { keySet } from "./key-set-seed.ts";

export const spiffeAuthSeed = object({
  ...accessTokenSeed.fields,
  /** The trust domain of the allowed SPIFFE IDs, such as `example.org`. */
  trustDomain: name,
  /** The allowed SPIFFE IDs: globs in which `*` stands for one segment and `**` for many. */
  allowedSpiffeIds: list(name, { atLeast: 1 }),
  /** The audiences of which a token must have one. */
  allowedAudiences: list(name, { atLeast: 1 }),
  /**
   * The trust bundle.
   *
   * @defaultValue that of the address
   */
  jwks: keySet,
  /**
   * The address of the trust bundle.
   *
   * @defaultValue the server's own issuer, without a request
   */
  bundleEndpointUrl: optional(url),
  /**
   * How long the bundle of an address, or of the server's own issuer, is used before it is fetched again, in seconds.
   *
   * @defaultValue 3600
   */
  refreshHintSeconds: optional(wholeNumber),
});

/**
 * SPIFFE Auth of a seeded identity: the trust domain with its keys, and the SPIFFE IDs that can log in.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       spiffeAuth: {
 *         trustDomain: "example.org",
 *         allowedSpiffeIds: ["spiffe://example.org/app/*"],
 *         allowedAudiences: ["infisical"],
 *         jwks: { keys: [] },
 *         bundleEndpointUrl: "https://spire.example.org/bundle",
 *         refreshHintSeconds: 300,
 *       },
 *     },
 *   ],
 * });
 */
export interface SpiffeAuthSeed extends ObjectOf<typeof spiffeAuthSeed.fields> {}
