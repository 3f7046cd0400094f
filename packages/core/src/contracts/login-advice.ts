import type { InfisicalSDKRequestError } from "../errors/errors.ts";
import { describeJwt, type JwtContent, readJwt } from "../support/json-web-token.ts";
import type { LoginAdvice } from "./auth-strategy.ts";

/** What a method's server says when it refuses, and what a person should check then. */
export interface LoginExplanation {
  /** The method's name for people, such as `LDAP Auth`. */
  readonly method: string;
  /**
   * Texts or labels of the server, each with advice: sentences that follow the text. Refusals that all methods share are
   * known.
   */
  readonly refusals: readonly (readonly [said: RegExp, advice: string])[];
  /**
   * The texts or labels, with advice, of an outage that has the status of a refusal; the error then has the code
   * `SERVER_ERROR`.
   *
   * @defaultValue none
   */
  readonly outage?: readonly [said: RegExp, advice: string] | undefined;
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
 * import { defineStrategy } from "@infisical/core/authoring";
 * import { explainLogin } from "@infisical/core/logins";
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
  outage,
  tokenError,
  failure,
}: LoginExplanation): (error: InfisicalSDKRequestError, proof: object) => LoginAdvice | undefined {
  const rows: LoginExplanation["refusals"] = [
    ...refusals,
    [/method not found/i, `Check the identity's id, and that ${method} is among its auth methods.`],
    [/^Identity not found/, "The identity was deleted, and only its auth method is left."],
    [/sub organization/i, "The proof was accepted: check organizationSlug."],
    [/^Local IPs/, "A self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true for a private address."],
  ];
  return ({ text, statusCode, code, label = "" }, proof) => {
    const isSaid = (said: RegExp): boolean => said.test(text) || said.test(label);
    if (outage && isSaid(outage[0])) return { advice: outage[1], code: "SERVER_ERROR" };
    const described = describeProof(proof);
    const about = described === "" ? "" : ` The token: ${described}.`;
    // An outage may look like this too: a refusal is remembered for seconds only.
    if (failure !== undefined && statusCode === 500 && code === "SERVER_ERROR") {
      return { advice: `${failure}${about}`, code: "AUTH_FAILED" };
    }
    const found = rows.find(([said]) => isSaid(said))?.[1];
    const advice = found ?? (label === "TokenError" ? tokenError : undefined);
    return advice === undefined ? undefined : { advice: `${advice}${about}` };
  };
}

/** Describes a proof that is a JWT, or what one says about itself. */
function describeProof(proof: object): string {
  const { jwt, claims } = proof as { readonly jwt?: unknown } & Partial<JwtContent>;
  if (claims) return describeJwt(proof as JwtContent);
  return typeof jwt === "string" ? describeJwt(readJwt(jwt)) : "";
}
