import type { AuthStrategy, IdentityOptions, TokenSource } from "@infisical/core";
import {
  fieldsOf,
  identityIdOrVariable,
  optionError,
  parseOrganizationSlug,
} from "@infisical/core/authoring";
import { jwtStrategy, readJwt } from "@infisical/core/logins";
import { explainRefusal } from "./advice.ts";
import { accountMetadata } from "./metadata.ts";
import { refused } from "./service-account-key.ts";

/** The identity to log in as with a Google ID token. */
export interface GcpIdTokenAuthOptions extends IdentityOptions {
  /**
   * Where the ID token comes from outside Google Cloud, such as an impersonated client of google-auth-library. Its audience
   * must be the identity's id, and it must contain the account's e-mail address. It is called at every login.
   *
   * @defaultValue the metadata server
   */
  readonly token?: TokenSource | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "token?": (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, "must be a function");
  },
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => GcpIdTokenAuthOptions & { readonly identityId: string };

const cure =
  "User credentials of gcloud have no such ID token: impersonate a service account and pass its ID token as `token`.";

/**
 * Logs in with an ID token that Google's metadata server issues: on Compute Engine, GKE, Cloud Run, Functions and App Engine.
 *
 * The address of the metadata server is `GCE_METADATA_IP`, else `GCE_METADATA_HOST`, else `169.254.169.254`.
 *
 * @param options - The identity; checked here. The token is requested at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or the identity id is missing.
 *
 * @example
 * import { gcpIdTokenAuth } from "@infisical/auth-gcp";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: gcpIdTokenAuth({ identityId: "id" }) });
 */
export function gcpIdTokenAuth(options: GcpIdTokenAuthOptions = {}): AuthStrategy {
  const { token, ...shared } = parse("", options);
  const audience = encodeURIComponent(shared.identityId.trim());
  // Only with format=full does the token contain the account's e-mail address.
  const path = `identity?audience=${audience}&format=full`;
  const source: TokenSource = async (context) => {
    const jwt = await (token ? token(context) : accountMetadata(path, context, cure));
    const { aud, email } = readJwt(typeof jwt === "string" ? jwt.trim() : "").claims;
    if (aud && !email) {
      throw refused("The ID token has no `email`: request it with format=full or includeEmail.");
    }
    return jwt;
  };
  return jwtStrategy("gcp-auth", { ...shared, token: source }, explainRefusal);
}
