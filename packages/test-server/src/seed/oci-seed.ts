import { z } from "zod";
import { readPublicKey } from "../auth/json-web-token.ts";
import {
  accepting,
  type Check,
  list,
  matching,
  name,
  type ObjectOf,
  object,
  optional,
  record,
} from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";

const publicKey: Check<string> = accepting(
  z.string().refine((text) => readPublicKey(text) !== undefined, "must be a public key in PEM form"),
);

const tenancyOcid = matching(/^ocid1\.tenancy\./, "must be the OCID of a tenancy");

const ociUserSeed = object({
  /** The user's name, which `allowedUsernames` lists. */
  name,
  /**
   * The OCID of the tenancy to which the user belongs.
   *
   * @defaultValue that of the OCI Auth
   */
  tenancyOcid: optional(tenancyOcid),
  /** The public keys of the user's API keys, in PEM form, by fingerprint. */
  apiKeys: record(publicKey),
});

/** A user of the simulated Oracle Cloud. */
export interface OciUserSeed extends ObjectOf<typeof ociUserSeed.fields> {}

export const ociAuthSeed = object({
  ...accessTokenSeed.fields,
  /** The OCID of the tenancy whose users can log in. */
  tenancyOcid,
  /**
   * The names of the users that can log in.
   *
   * @defaultValue all
   */
  allowedUsernames: optional(list(name, { atLeast: 1 })),
  /** The users that exist, by OCID. */
  users: record<OciUserSeed>(ociUserSeed),
});

/**
 * OCI Auth of a seeded identity: the users of a simulated Oracle Cloud.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       ociAuth: {
 *         tenancyOcid: "ocid1.tenancy.oc1..example",
 *         allowedUsernames: ["app"],
 *         users: {
 *           "ocid1.user.oc1..example": {
 *             name: "app",
 *             tenancyOcid: "ocid1.tenancy.oc1..example",
 *             apiKeys: { "12:34:56:78:90:ab:cd:ef:12:34:56:78:90:ab:cd:ef": "the public key as PEM" },
 *           },
 *         },
 *       },
 *     },
 *   ],
 * });
 */
export interface OciAuthSeed extends ObjectOf<typeof ociAuthSeed.fields> {}
