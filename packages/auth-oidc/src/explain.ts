import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type JwtContent, type LoginAdvice } from "@infisical/core/authoring";

/** What a person should check, by a part of the server's text. */
export type Advice = readonly (readonly [said: RegExp, advice: string])[];

/** What the server says of every method whose tokens an issuer signs. */
const ofAll: Advice = [
  [
    /method not found/,
    "Check the identity's id and its auth methods: OIDC, JWT and SPIFFE Auth are different ones.",
  ],
  [/^Identity not found/, "The identity was deleted."],
  [/sub organization/i, "The token was accepted: check organizationSlug."],
  [
    /^Local IPs/,
    "The issuer's address is private: a self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true.",
  ],
  [/Invalid JWT|jwt malformed/i, "The token source returned something else than a JWT."],
  [/expired/i, "It expired on the way: pass a token source, which is called at every login."],
  [/not active/i, "It is not valid yet: check the clocks of issuer and server."],
];

/** Explains a failed login by what the server said, and by what the token says about itself. */
export function explainBy(advice: Advice) {
  return ({ text }: InfisicalSDKRequestError, jwt: JwtContent): LoginAdvice | undefined => {
    const [, found] = [...ofAll, ...advice].find(([said]) => said.test(text)) ?? [];
    return found === undefined ? undefined : { advice: `${found} The token: ${describeJwt(jwt)}.` };
  };
}
