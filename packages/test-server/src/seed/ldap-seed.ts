import { z } from "zod";
import {
  accepting,
  boolean,
  type Check,
  name,
  type ObjectOf,
  object,
  optional,
  record,
  schemaOf,
  text,
} from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";

const ldapUserSeed = object({
  /** The password. */
  password: name,
  /**
   * The attributes by name, such as `mail`.
   *
   * @defaultValue none
   */
  attributes: optional(record(text)),
});

/** A user of the simulated LDAP directory. */
export interface LdapUserSeed extends ObjectOf<typeof ldapUserSeed.fields> {}

const user: Check<string | LdapUserSeed> = accepting(
  z.union([schemaOf(name), schemaOf<LdapUserSeed>(ldapUserSeed)]),
);

export const ldapAuthSeed = object({
  ...accessTokenSeed.fields,
  /** The users of the simulated directory by user name: the password, or the password with attributes. */
  users: record(user),
  /**
   * The attributes that a user must have, with the allowed values of each, separated by commas.
   *
   * @defaultValue none
   */
  allowedFields: optional(record(name)),
  /**
   * Whether three failed logins within 30 seconds lock the user name for 300 seconds, at this identity.
   *
   * @defaultValue true
   */
  lockout: optional(boolean),
  /**
   * Whether the organization's plan is without LDAP, so that logins are answered with 400.
   *
   * @defaultValue false
   */
  isPlanRestricted: optional(boolean),
});

/**
 * LDAP Auth of a seeded identity: the users of a simulated directory, all of whom log in as the identity.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       ldapAuth: { users: { ada: "a-password" }, isPlanRestricted: true, lockout: true },
 *     },
 *   ],
 * });
 */
export interface LdapAuthSeed extends ObjectOf<typeof ldapAuthSeed.fields> {}
