import { z } from "zod";
import { readPublicKey } from "../auth/json-web-token.ts";
import type { JsonWebKeySet } from "../clouds/token-issuer.ts";
import {
  accepting,
  type Check,
  list,
  name,
  type ObjectOf,
  object,
  oneOf,
  optional,
  record,
  schemaOf,
} from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";
import { keySet, requiredKeySet } from "./key-set-seed.ts";

const pem = z
  .string()
  .refine(
    (text) => text.includes("-----BEGIN CERTIFICATE-----") || readPublicKey(text) !== undefined,
    "must be a certificate or a public key in PEM form",
  );

/** The keys of a service account: a JWKS, or certificates or public keys in PEM form by key id. */
export type ServiceAccountKeys = JsonWebKeySet | Readonly<Record<string, string>>;

const serviceAccountKeys: Check<ServiceAccountKeys> = accepting(
  z.union([schemaOf(requiredKeySet), z.record(pem)], {
    errorMap: () => ({ message: "must be a JWKS, or certificates or public keys in PEM form by key id" }),
  }),
);

export const gcpAuthSeed = object({
  ...accessTokenSeed.fields,
  /** What proves the service account: an ID token of Google (`gce`), or a JWT that the account has signed (`iam`). */
  type: oneOf("gce", "iam"),
  /**
   * The allowed e-mail addresses of service accounts.
   *
   * @defaultValue any
   */
  allowedServiceAccounts: optional(list(name, { atLeast: 1 })),
  /**
   * The allowed projects of an ID token that names its virtual machine. Others are not checked.
   *
   * @defaultValue any
   */
  allowedProjects: optional(list(name, { atLeast: 1 })),
  /**
   * The allowed zones of an ID token that names its virtual machine. Others are not checked.
   *
   * @defaultValue any
   */
  allowedZones: optional(list(name, { atLeast: 1 })),
  /**
   * The keys of Google, or for `iam` those of every service account.
   *
   * @defaultValue those of the server's own issuer
   */
  jwks: keySet,
  /**
   * The keys of the service accounts that exist, by e-mail address; for `iam` only.
   *
   * @defaultValue every service account exists, with the keys of the JWKS
   */
  serviceAccountKeys: optional(record(serviceAccountKeys)),
});

/**
 * GCP Auth of a seeded identity: the keys of Google, and the service accounts that can log in.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       gcpAuth: {
 *         type: "gce",
 *         allowedServiceAccounts: ["app@example.iam.gserviceaccount.com"],
 *         allowedZones: ["europe-west1-b"],
 *         jwks: { keys: [] },
 *         serviceAccountKeys: { "app@example.iam.gserviceaccount.com": { keys: [] } },
 *       },
 *     },
 *   ],
 * });
 */
export interface GcpAuthSeed extends ObjectOf<typeof gcpAuthSeed.fields> {}
