import type { AuthStrategy } from "@infisical/core";
import { explainLogin, jwtStrategy } from "@infisical/core/logins";
import { parseOptions, type TokenLoginOptions } from "./options.ts";

/** The identity to log in as, and where its JWT-SVID comes from. */
export interface SpiffeAuthOptions extends TokenLoginOptions {}

const explain = /* @__PURE__ */ explainLogin({
  method: "SPIFFE Auth",
  refusals: [
    [/expired/, "It expired on the way: pass a token source, which is called at every login."],

    [/audience/, "It must be issued for an audience of the SPIFFE Auth."],
    [
      /verification failed/,
      "The trust bundle must have its key, for RS, PS or ES 256 to 512. After a rotation, servers keep the old bundle until " +
        "its refresh hint is over (an hour by default): refresh it in the SPIFFE Auth.",
    ],
    [
      /^Access denied/,
      "Its SPIFFE ID must be of the trust domain and match an allowed one; `*` is one segment, `**` many.",
    ],
  ],
});

/**
 * Logs in with SPIFFE: a JWT-SVID, which the workload API of SPIRE or the like issues.
 *
 * @param options - The identity and the token; checked here. The token is requested at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing or malformed. The message never repeats the token.
 *
 * @example
 * import { spiffeAuth } from "@infisical/auth-oidc";
 * import { fromFile } from "@infisical/auth-oidc/file";
 * import { createClient } from "@infisical/core";
 * const auth = spiffeAuth({ identityId: "id", token: fromFile("/run/spiffe/svid.jwt") });
 * const client = createClient({ auth });
 */
export function spiffeAuth(options: SpiffeAuthOptions): AuthStrategy {
  return jwtStrategy("spiffe-auth", parseOptions("", options), explain);
}
