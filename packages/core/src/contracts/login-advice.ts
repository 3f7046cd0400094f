import type { InfisicalSDKRequestError } from "../errors/errors.ts";
import { describeJwt, type JwtContent } from "../support/json-web-token.ts";
import type { LoginAdvice } from "./auth-strategy.ts";

/** What a method's server says when it refuses, and what a person should check then. */
export interface LoginExplanation {
  /** The method's name for people, such as `LDAP Auth`. */
  readonly method: string;
  /** Texts of the server, each with advice: sentences that follow the text. Refusals that all methods share are known. */
  readonly refusals: readonly (readonly [said: RegExp, advice: string])[];
  /**
   * Advice for a `TokenError` that no text explains: the server refused the proof.
   *
   * @defaultValue none
   */
  readonly tokenError?: string | undefined;
  /**
   * Advice for a status 500 of the server itself, where the method answers that to a refused proof; the error then has the code
   * `AUTH_FAILED`. It is never given for a 502, 503 or 504.
   *
   * @defaultValue a 500 is an outage
   */
  readonly failure?: string | undefined;
}

/**
 * Creates the function that explains failed logins, for `defineStrategy` or `jwtStrategy`.
 *
 * @param explanation - What the method's server says, and what to check.
 * @returns The function. To the advice it adds what a JWT says about itself.
 *
 * @example
 * import { defineStrategy, explainLogin } from "@infisical/core/authoring";
 * const explain = explainLogin({
 *   method: "LDAP Auth",
 *   refusals: [[/^Invalid credentials/, "Check the password."]],
 * });
 * const ldapAuth = (identityId: string, username: string, password: string) =>
 *   defineStrategy("ldap-auth", { identityId }, () => ({ username, password }), explain);
 */
export function explainLogin({
  method,
  refusals,
  tokenError,
  failure,
}: LoginExplanation): (error: InfisicalSDKRequestError, proof: object) => LoginAdvice | undefined {
  const rows: LoginExplanation["refusals"] = [
    ...refusals,
    [
      /auth method not found for identity/i,
      `Check the identity's id, and that ${method} is among its auth methods; a server too old for the method says so too.`,
    ],
    [/^Identity not found/, "The identity was deleted, and only its auth method is left."],
    [
      /^Sub organization with slug|not authorized to access sub organization/i,
      "The proof was accepted; check organizationSlug, and that the identity is a member of that organization.",
    ],
  ];
  return ({ text, statusCode, code, label }, proof) => {
    // An outage may look like this too: a refusal is remembered for seconds only.
    const isRefusedProof = failure !== undefined && statusCode === 500 && code === "SERVER_ERROR";
    const found = rows.find(([said]) => said.test(text))?.[1];
    const advice = isRefusedProof ? failure : (found ?? (label === "TokenError" ? tokenError : undefined));
    if (advice === undefined) return undefined;
    const described = "claims" in proof ? describeJwt(proof as JwtContent) : "";
    return {
      advice: described === "" ? advice : `${advice} The token: ${described}.`,
      code: isRefusedProof ? "AUTH_FAILED" : undefined,
    };
  };
}
