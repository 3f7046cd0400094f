import type { AuthStrategy } from "@infisical/core";
import { explainLogin, jwtStrategy } from "@infisical/core/logins";
import { parseOptions, type TokenLoginOptions } from "./options.ts";

/** The identity to log in as, and where its OpenID Connect token comes from. */
export interface OidcAuthOptions extends TokenLoginOptions {}

const explain = /* @__PURE__ */ explainLogin({
  method: "OIDC Auth",
  refusals: [
    [/Invalid JWT/, "The token source returned something else than a JWT."],
    [/expired/, "It expired on the way: pass a token source, which is called at every login."],
    [/not active/, "It is not valid yet: check the clocks of issuer and server."],

    [/signing key|signature|more than 10/i, "The discovery URL leads to other keys: is it the issuer's?"],
    [
      /discovery document|jwks/i,
      "The server fetches it: check the discovery URL, and whether the server can reach it.",
    ],
    [/issuer/, "The issuer of the OIDC Auth must be the token's, character by character."],
    [
      /subject/,
      "The subject of the OIDC Auth must match the token's; `*` stops at a slash, as in `repo:acme/**`.",
    ],
    [
      /audience/,
      "The audiences of the OIDC Auth must include the token's, which the token source can choose.",
    ],
    [
      /claim|no \S+ field/,
      "The claims of the OIDC Auth must match the token's; false and 0 count as missing.",
    ],
  ],
});

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
  return jwtStrategy("oidc-auth", parseOptions("", options), explain);
}
