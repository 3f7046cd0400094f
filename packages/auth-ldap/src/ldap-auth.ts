import { type AuthStrategy, type IdentityOptions, InfisicalSDKError } from "@infisical/core";
import {
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  parseOrganizationSlug,
  requireText,
  requireUnquoted,
} from "@infisical/core/authoring";
import { askFunction } from "@infisical/core/logins";
import { explainRefusal } from "./advice.ts";

/** The identity to log in as, and a user of the directory that it trusts. */
export interface LdapAuthOptions extends IdentityOptions {
  /** The user's name in the directory. */
  readonly username: string;
  /**
   * The user's password, or a function that resolves to it and is called at every login, for a password that is
   * replaced while the program runs. Servers drop white space around it.
   */
  readonly password: string | ((signal: AbortSignal | undefined) => string | Promise<string>);
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  username: (option, value) => requireUnquoted(option, value, "INFISICAL_LDAP_USERNAME"),
  password: (option, value) =>
    typeof value === "function" ? value : requireText(option, value, "INFISICAL_LDAP_PASSWORD"),
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => LdapAuthOptions;

/**
 * Logs in as a user of an LDAP directory, such as Active Directory.
 *
 * A password is sent once for each login, even if the connection is lost, and refusals are spaced out: three within 30
 * seconds, by default, lock the identity for this user.
 *
 * @param options - The identity and the user; checked here. A function for the password is called at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the password.
 *
 * @example
 * import { ldapAuth } from "@infisical/auth-ldap";
 * import { createClient } from "@infisical/core";
 * const auth = ldapAuth({ identityId: "id", username: "app", password: async () => "hunter2" });
 * const client = createClient({ auth });
 */
export function ldapAuth(options: LdapAuthOptions): AuthStrategy {
  const { username, password, ...shared } = parse("", options);
  return defineStrategy(
    "ldap-auth",
    shared,
    async ({ signal }) => ({
      username,
      password: typeof password === "string" ? password : await ask(password, signal),
    }),
    explainRefusal,
    { idempotent: false },
  );
}

async function ask(
  password: Exclude<LdapAuthOptions["password"], string>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const found: unknown = await askFunction("password", () => password(signal), signal);
  if (typeof found === "string" && found.trim() !== "") return found;
  throw new InfisicalSDKError(
    "The function passed as `password` returned no password: it must return a non-empty string.",
    { code: "AUTH_FAILED" },
  );
}
