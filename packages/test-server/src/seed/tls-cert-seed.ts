import { matching, name, type ObjectOf, object, optional } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";

export const tlsCertAuthSeed = object({
  ...accessTokenSeed.fields,
  /** The certificate of the authority that must have issued a client's certificate, in PEM form. */
  caCertificate: matching(/-----BEGIN CERTIFICATE-----/, "must be a certificate in PEM form"),
  /**
   * The allowed common names, separated by commas.
   *
   * @defaultValue any
   */
  allowedCommonNames: optional(name),
});

/**
 * TLS Certificate Auth of a seeded identity. Certificates are checked by `node:crypto`, so not in pages.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       tlsCertAuth: { caCertificate: "the authority as PEM", allowedCommonNames: "app.example.com" },
 *     },
 *   ],
 * });
 */
export interface TlsCertAuthSeed extends ObjectOf<typeof tlsCertAuthSeed.fields> {}
