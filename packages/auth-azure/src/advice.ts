import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type JwtContent, type LoginAdvice } from "@infisical/core/authoring";

/** What a person should check for each text with which the server refuses. */
const refusals: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /auth method not found for identity/,
    "Check the identity's id, and that Azure Auth is among its auth methods; a server too old for the method says so too.",
  ],
  [/^Identity not found/, "The identity was deleted, and only its auth method is left."],
  [
    /^Sub organization with slug|not authorized to access sub organization/i,
    "The token was accepted; check organizationSlug, and that the identity is a member of that organization.",
  ],
  [
    /invalid signing key/i,
    "The tenant of the Azure Auth must be the one that issued the token. Tokens of sovereign clouds are not accepted: use OIDC Auth.",
  ],
  [/tenant ID mismatch/i, "The tenant of the Azure Auth must be the one that issued the token."],
  [
    /service principal .*not allowed/i,
    "The allowed service principals of the Azure Auth must include this object id: that of the principal, not of the application.",
  ],
  [
    /audience invalid/i,
    "The resource of the Azure Auth must equal the token's audience: set the same one as `resource`.",
  ],
  [
    /issuer invalid/i,
    "Infisical only accepts tokens of version 1, from the tenant of the Azure Auth: use OIDC Auth for others.",
  ],
];

/** Explains a failed login. Servers answer 403 TokenError if they refuse a token, and 500 if they cannot read it. */
export function explainRefusal(
  { text, statusCode, code, label }: InfisicalSDKRequestError,
  jwt: JwtContent,
): LoginAdvice | undefined {
  // A 502, 503 or 504 is an outage, and so may this be: it is remembered for seconds only.
  const isRefusedProof = statusCode === 500 && code === "SERVER_ERROR";
  const advice = isRefusedProof
    ? "Infisical also answers this to what is not an access token of Azure."
    : (refusals.find(([said]) => said.test(text))?.[1] ??
      (label === "TokenError" ? "Infisical refused the token: check its times and its tenant." : undefined));
  if (advice === undefined) return undefined;
  const described = describeJwt(jwt);
  return {
    advice: described === "" ? advice : `${advice} The token: ${described}.`,
    code: isRefusedProof ? "AUTH_FAILED" : undefined,
  };
}
