import type { AuthStrategy } from "@infisical/core";
import { jwtStrategy } from "@infisical/core/authoring";
import { explainOidc } from "./advice.ts";
import { parseOptions, type TokenLoginOptions } from "./options.ts";

/** The identity to log in as, and where its OpenID Connect token comes from. */
export interface OidcAuthOptions extends TokenLoginOptions {}

/**
 * Logs in with OpenID Connect: the platform on which the program runs vouches for it with a token.
 *
 * @param options - The identity and the token; checked here. The token is requested at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the token.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { githubActions } from "@infisical/auth-oidc/github-actions";
 * import { createClient } from "@infisical/core";
 * const auth = oidcAuth({ identityId: "id", token: githubActions() });
 * const client = createClient({ auth });
 */
export function oidcAuth(options: OidcAuthOptions): AuthStrategy {
  return jwtStrategy("oidc-auth", parseOptions("", options), explainOidc);
}
