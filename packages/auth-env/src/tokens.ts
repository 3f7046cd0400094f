import { type AuthStrategy, InfisicalSDKError, type LoginContext, tokenAuth } from "@infisical/core";
import { optionError, requireUnquoted, warn } from "@infisical/core/authoring";
import { readJwt } from "@infisical/core/logins";
import { listed, oneOfVariables } from "./place.ts";
import type { Row } from "./row.ts";

const tokenVariables = ["INFISICAL_TOKEN", "INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN"] as const;

/** An access token from elsewhere. */
export const tokenRow: Row = {
  method: "token-auth",
  pins: ["token-auth", "token"],
  look: (place) => {
    const variable = oneOfVariables(place, tokenVariables);
    if (variable === undefined) return { missing: `no ${listed(tokenVariables, "or")}` };
    const token = requireUnquoted(variable, place.read(variable));
    if (token.startsWith("st.")) {
      throw optionError(
        variable,
        "must not be a service token (st.), which this SDK does not accept: create a machine identity with Universal Auth, " +
          "and set INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET instead",
      );
    }
    return { because: `${variable} is set`, create: async () => staticToken(variable, token) };
  },
};

/** How long before its end a token counts as about to end, in milliseconds. */
const notice = 60_000;

/**
 * Uses a token until it ends.
 *
 * The session is told that it ends a minute earlier. The next call then asks again, which is when the warning is due, without a
 * timer.
 */
function staticToken(variable: string, token: string): AuthStrategy {
  const strategy = tokenAuth({ token });
  const { exp } = readJwt(token).claims;
  if (typeof exp !== "number" || !(Math.abs(exp) <= 8.64e12)) return strategy;
  const end = new Date(exp * 1000);
  const cure = `Set another one, or log in with a machine identity, whose tokens are replaced by themselves.`;
  let isWarned = false;
  return {
    name: "token-auth",
    login: async (context: LoginContext) => {
      const left = end.getTime() - (context.now?.() ?? Date.now());
      if (left <= 0) {
        throw new InfisicalSDKError(
          `The token in ${variable} ended at ${end.toISOString()} by this machine's clock, and cannot be renewed. ${cure}`,
          { code: "AUTH_FAILED" },
        );
      }
      const response = await strategy.login(context);
      // The session asks again up to half a minute before the time that it is told.
      if (left > 2 * notice) return { ...response, expiresIn: (left - notice) / 1000 };
      if (!isWarned) {
        warn("INFISICAL_TOKEN_ENDS", `The token in ${variable} ends at ${end.toISOString()}. ${cure}`);
      }
      isWarned = true;
      return { ...response, expiresIn: left / 1000 };
    },
  };
}
