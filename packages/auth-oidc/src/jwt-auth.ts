import type { AuthStrategy } from "@infisical/core";
import { jwtStrategy } from "@infisical/core/authoring";
import { explainJwt } from "./advice.ts";
import { parseOptions, type TokenLoginOptions } from "./options.ts";

/** The identity to log in as, and where its JWT comes from. */
export interface JwtAuthOptions extends TokenLoginOptions {}

/**
 * Logs in with JWT Auth: a token that is signed with a key that the identity trusts.
 *
 * @param options - The identity and the token; checked here. The token is requested at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the token.
 *
 * @example
 * import { jwtAuth } from "@infisical/auth-oidc";
 * import { fromFile } from "@infisical/auth-oidc/file";
 * import { createClient } from "@infisical/core";
 * const auth = jwtAuth({ identityId: "id", token: fromFile("/run/tokens/app.jwt") });
 * const client = createClient({ auth });
 */
export function jwtAuth(options: JwtAuthOptions): AuthStrategy {
  return jwtStrategy("jwt-auth", parseOptions("", options), explainJwt);
}
