import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type JwtContent, type LoginAdvice } from "@infisical/core/authoring";

/** Explains a failed login, given the error and what the token says about itself. */
type Explain = (error: InfisicalSDKRequestError, jwt: JwtContent) => LoginAdvice | undefined;

/** What a method's server says, and what a person should check then. */
type Rows = readonly (readonly [said: RegExp, advice: string])[];

const wrongMethod = (name: string, other: string): readonly [RegExp, string] => [
  /auth method not found for identity/,
  `Check the identity's id, and that ${name} is among its auth methods; a server too old for the method says so too. ` +
    `A token of the same platform can also be meant for ${other}, which is another method.`,
];

const internalAddress = [
  /^Local IPs not allowed as URL/,
  "The address of the keys is a private one: a self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true for it.",
] as const;

const unknownIdentity = [
  /^Identity not found/,
  "The identity was deleted, and only its auth method is left.",
] as const;

const organization = [
  /^Sub organization with slug|not authorized to access sub organization/i,
  "The token was accepted; check organizationSlug, and that the identity is a member of that organization.",
] as const;

const shared: Rows = [unknownIdentity, organization, internalAddress];

const oidc: Rows = [
  wrongMethod("OIDC Auth", "JWT Auth (jwtAuth)"),
  ...shared,
  [
    /Failed to fetch OIDC discovery document|jwks_uri/i,
    "The server, not this program, fetches the discovery document of the OIDC Auth: check its discovery URL, which has " +
      "to be reachable from the server, and its CA certificate.",
  ],
  [/^Invalid JWT/, "What the token source returned is not a JWT."],
  [
    /signing key|more than 10/i,
    "The discovery document does not lead to the key that signed the token: check the discovery URL, or whether the " +
      "issuer has just replaced its keys.",
  ],
  [
    /jwt expired|token has expired/i,
    "The token expired before it reached the server: request it at every login.",
  ],
  [/jwt not active/i, "The token is not valid yet: check the clocks of the issuer and of the server."],
  [
    /issuer invalid/i,
    "The issuer of the OIDC Auth must equal the token's `iss` exactly, with or without a slash at the end.",
  ],
  [
    /invalid signature/i,
    "The token was signed with another key than the one that the discovery URL leads to.",
  ],
  [
    /subject not allowed/i,
    "The subject of the OIDC Auth must match the token's `sub`; `*` stops at a slash, and `**` crosses " +
      "slashes only as a whole part, as in `repo:my-org/**`. Environments, " +
      "reusable workflows and customized templates change the `sub` of a CI job.",
  ],
  [
    /audience not allowed/i,
    "An audience of the OIDC Auth must match the token's `aud`: set the same one in the token source.",
  ],
  [
    /claim not allowed|token has no \S+ field/i,
    "The claims of the OIDC Auth must match the token's; one that is false or 0 counts as missing.",
  ],
];

const jwt: Rows = [
  wrongMethod("JWT Auth", "OIDC Auth (oidcAuth)"),
  ...shared,
  [/^Invalid JWT/, "What the token source returned is not a JWT."],
  [
    /jwt expired|token has expired/i,
    "The token expired before it reached the server: request it at every login.",
  ],
  [/jwt not active/i, "The token is not valid yet: check the clocks of the issuer and of the server."],
  [
    /verification failed with all keys|signing key|invalid signature/i,
    "The token was not signed with a key of the JWT Auth: check its public keys, or its JWKS URL.",
  ],
  [/issuer mismatch|issuer invalid/i, "The issuer of the JWT Auth must equal the token's `iss` exactly."],
  [/no subject|subject not allowed/i, "The subject of the JWT Auth must match the token's `sub`."],
  [
    /no audience|audience not allowed|audience invalid/i,
    "An audience of the JWT Auth must match the token's `aud`.",
  ],
  [/claim mismatch|token has no \S+ field/i, "The claims of the JWT Auth must match the token's."],
];

const spiffe: Rows = [
  wrongMethod("SPIFFE Auth", "OIDC Auth (oidcAuth)"),
  ...shared,
  [/SVID has expired/i, "The JWT-SVID expired before it reached the server: request it at every login."],
  [
    /signature verification failed/i,
    "The JWT-SVID was not signed with a key of the trust bundle. After a rotation, servers use the old bundle until its " +
      "refresh hint is over (an hour by default): refresh it in the identity's SPIFFE Auth.",
  ],
  [/audience validation failed/i, "The JWT-SVID must be issued for an audience of the SPIFFE Auth."],
  [
    /verification failed/i,
    "The trust bundle must have the key of the JWT-SVID, and its algorithm must be RS, PS or ES: EdDSA is not accepted.",
  ],
  [
    /^Access denied/i,
    "The token's `sub` must be a SPIFFE ID of the trust domain and match an allowed one; `*` stands for one segment, `**` for many.",
  ],
];

/** Explains a failed login with OpenID Connect. */
export const explainOidc: Explain = explainBy(oidc);

/** Explains a failed login with JWT Auth. */
export const explainJwt: Explain = explainBy(jwt, [
  /.*/,
  "Servers also answer this where the JWKS URL of the JWT Auth cannot be reached, or has no key with the token's `kid`.",
]);

/** Explains a failed login with SPIFFE. */
export const explainSpiffe: Explain = explainBy(spiffe);

function explainBy(rows: Rows, onFailure?: Rows[number]): Explain {
  return ({ text, statusCode, code }, content) => {
    const candidates = statusCode === 500 && code === "SERVER_ERROR" ? (onFailure ? [onFailure] : []) : rows;
    const [, advice] = candidates.find(([said]) => said.test(text)) ?? [];
    if (advice === undefined) return undefined;
    const described = describeJwt(content);
    return { advice: described === "" ? advice : `${advice} The token: ${described}.` };
  };
}
