import type { AuthStrategy } from "@infisical/core";
import { explainLogin, jwtStrategy } from "@infisical/core/logins";
import { parseOptions, type TokenLoginOptions } from "./options.ts";

/**
 * The identity to log in as, and where its JWT comes from.
 *
 * @example
 * import { jwtAuth } from "@infisical/auth-oidc";
 * const auth = jwtAuth({ identityId, organizationSlug: "payments", token: async () => "a JWT that you sign" });
 */
export interface JwtAuthOptions extends TokenLoginOptions {}

const explain = /* @__PURE__ */ explainLogin({
  method: "JWT Auth",
  refusals: [
    [/Invalid JWT/, "The token source returned something else than a JWT."],
    [/expired/, "It expired on the way: pass a token source, which is called at every login."],
    [/not active/, "It is not valid yet: check the clocks of issuer and server."],

    [
      /all keys|signing key|signature/i,
      "It must be signed with a key of the JWT Auth: check its public keys, or its JWKS URL.",
    ],
    [/issuer/, "The issuer of the JWT Auth must be the token's, character by character."],
    [
      /subject/,
      "The subject of the JWT Auth must match the token's; `*` stops at a slash, as in `repo:acme/**`.",
    ],
    [/audience/, "The audiences of the JWT Auth must include the token's."],
    [
      /claim|no \S+ field/,
      "The claims of the JWT Auth must match the token's; false and 0 count as missing.",
    ],
    [
      /^Something went wrong/,
      "Servers say so too if the JWKS URL cannot be reached, or lacks the token's key.",
    ],
  ],
});

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
  return jwtStrategy("jwt-auth", parseOptions("", options), explain);
}
