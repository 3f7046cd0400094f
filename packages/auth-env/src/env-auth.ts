import type { AuthStrategy } from "@infisical/core";
import { defineStrategy, fieldsOf, parseOrganizationSlug, requireText } from "@infisical/core/authoring";

/** What logs a machine identity in with Env Auth. */
export interface EnvAuthOptions {
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
 * Logs in with Env Auth.
 *
 * @param options - The identity and its proof; they are checked here, and sent only when the session logs in.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one is missing or malformed. The message never repeats the proof.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { envAuth } from "@infisical/auth-env";
 * const client = createClient({ auth: envAuth({ identityId: "id", jwt: "proof" }) });
 */
export function envAuth(options: EnvAuthOptions): AuthStrategy {
  const { identityId, organizationSlug, jwt } = parse("", options) as EnvAuthOptions;
  return defineStrategy("env-auth", { identityId, organizationSlug }, () => ({ jwt }));
}
