import type { AuthStrategy } from "@infisical/core";
import { defineStrategy, fieldsOf, parseOrganizationSlug, requireText } from "@infisical/core/authoring";

/** What logs a machine identity in with Tls Cert Auth. */
export interface TlsCertAuthOptions {
  /** The id of the machine identity. */
  readonly identityId: string;
  /** The proof of who is asking. */
  readonly jwt: string;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization that the identity was created in
   */
  readonly organizationSlug?: string | undefined;
}

const parse = fieldsOf({
  identityId: requireText,
  jwt: requireText,
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
});

/**
 * Logs in with Tls Cert Auth.
 *
 * @param options - The identity and its proof; they are checked here, and sent only when the session logs in.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one is missing or malformed. The message never repeats the proof.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { tlsCertAuth } from "@infisical/auth-tls-cert";
 * const client = createClient({ auth: tlsCertAuth({ identityId: "id", jwt: "proof" }) });
 */
export function tlsCertAuth(options: TlsCertAuthOptions): AuthStrategy {
  const { identityId, organizationSlug, jwt } = parse("", options) as TlsCertAuthOptions;
  return defineStrategy("tls-cert-auth", { identityId, organizationSlug }, () => ({ jwt }));
}
