import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type JwtContent, type LoginAdvice } from "@infisical/core/authoring";

type Rows = readonly (readonly [said: RegExp, advice: string])[];

const shared: Rows = [
  [
    /auth method not found for identity/,
    "Check the identity's id, and that GCP Auth is among its auth methods; a server too old for the method says so too.",
  ],
  [/^Identity not found/, "The identity was deleted, and only its auth method is left."],
  [
    /^Sub organization with slug|not authorized to access sub organization/i,
    "The token was accepted; check organizationSlug, and that the identity is a member of that organization.",
  ],
  [
    /service account not allowed/i,
    "The allowed service accounts of the GCP Auth must include the account's e-mail address.",
  ],
];

const idToken: Rows = [
  ...shared,
  [/project not allowed/i, "The allowed projects of the GCP Auth must include the machine's project."],
  [/zone not allowed/i, "The allowed zones of the GCP Auth must include the machine's zone."],
  [
    /invalid service account identifier/i,
    "The GCP Auth is of type IAM: make it GCP ID Token, or use gcpIamAuth.",
  ],
];

const iam: Rows = [
  ...shared,
  [
    /invalid service account identifier/i,
    "Infisical refuses default accounts and those of domain-scoped projects.",
  ],
  [/invalid audience/i, "The audience must be the identity's id."],
];

/** Explains a failed login with an ID token. Servers answer 500 if they refuse the token itself. */
export function explainIdToken(error: InfisicalSDKRequestError, jwt: JwtContent): LoginAdvice | undefined {
  const withoutEmail =
    error.statusCode === 401 && jwt.claims["email"] === undefined
      ? "The token has no `email`: request it with format=full, or includeEmail when impersonating."
      : undefined;
  return explain(error, jwt, idToken, {
    refused:
      "Infisical also answers this if it refuses the token: its audience must be the identity's id, and the GCP Auth of type GCP ID Token.",
    other: withoutEmail,
  });
}

/** Explains a failed login with a signed JWT. */
export function explainIam(error: InfisicalSDKRequestError, jwt: JwtContent): LoginAdvice | undefined {
  return explain(error, jwt, iam, {
    refused:
      "Infisical also answers this if Google does not know the account, or if the GCP Auth is of type GCP ID Token.",
    // Their texts are those of the library that verifies.
    other:
      error.label === "TokenError"
        ? "Infisical refused the signature: check that the key still exists and is enabled, and the clocks."
        : undefined,
  });
}

function explain(
  { text, statusCode, code }: InfisicalSDKRequestError,
  jwt: JwtContent,
  rows: Rows,
  { refused, other }: { readonly refused: string; readonly other: string | undefined },
): LoginAdvice | undefined {
  // A 502, 503 or 504 is an outage, and so may this be: it is remembered for seconds only.
  const isRefusedProof = statusCode === 500 && code === "SERVER_ERROR";
  const advice = isRefusedProof ? refused : (rows.find(([said]) => said.test(text))?.[1] ?? other);
  if (advice === undefined) return undefined;
  const described = describeJwt(jwt);
  return {
    advice: described === "" ? advice : `${advice} The token: ${described}.`,
    code: isRefusedProof ? "AUTH_FAILED" : undefined,
  };
}
