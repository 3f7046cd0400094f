import type { AuthStrategy } from "@infisical/core";
import { defineStrategy, fieldsOf, parseOrganizationSlug, requireUnquoted } from "@infisical/core/authoring";

/**
 * The credentials of a machine identity with Universal Auth.
 *
 * @example
 * import { universalAuth } from "@infisical/auth-universal";
 * const auth = universalAuth({ clientId, clientSecret, organizationSlug: "payments" });
 */
export interface UniversalAuthOptions {
  /** The client id, from the identity's Universal Auth settings. */
  readonly clientId: string;
  /** A client secret of this client id. */
  readonly clientSecret: string;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization in which the identity was created
   */
  readonly organizationSlug?: string | undefined;
}

const parse = fieldsOf({
  clientId: (option, value) => requireUnquoted(option, value, "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID"),
  clientSecret: (option, value) => requireUnquoted(option, value, "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET"),
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
});

/**
 * Logs in with Universal Auth: the client id and client secret of a machine identity.
 *
 * @param options - The credentials; checked here, and only sent when the session logs in.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the secret.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { universalAuth } from "@infisical/auth-universal";
 * const client = createClient({ auth: universalAuth({ clientId: "id", clientSecret: "secret" }) });
 */
export function universalAuth(options: UniversalAuthOptions): AuthStrategy {
  const { organizationSlug, ...credentials } = parse("", options) as UniversalAuthOptions;
  const strategy = defineStrategy("universal-auth", { organizationSlug }, () => credentials);
  return { ...strategy, subject: JSON.stringify([strategy.name, credentials.clientId, organizationSlug]) };
}
