import { explainLogin } from "@infisical/core/authoring";

/** Explains a failed login, with an ID token or a signed JWT. Servers answer 500 if they refuse an ID token. */
export const explainRefusal: ReturnType<typeof explainLogin> = explainLogin({
  method: "GCP Auth",
  refusals: [
    [/service account not allowed/i, "The GCP Auth must allow the account's e-mail address."],
    [/project not allowed/i, "The GCP Auth must allow the machine's project."],
    [/zone not allowed/i, "The GCP Auth must allow the machine's zone."],
    [
      /service account identifier/i,
      "The GCP Auth is of type IAM, which needs gcpIamAuth, and an account such as name@project.iam.gserviceaccount.com.",
    ],
    [/invalid audience/i, "The token's audience must be the identity's id."],
  ],
  tokenError:
    "Infisical refused the signature: check that the key still exists and is enabled, and the clocks.",
  failure:
    "Infisical also answers this to a token that it refuses: its audience must be the identity's id, and gcpIdTokenAuth needs " +
    "a GCP Auth of type ID Token, gcpIamAuth one of type IAM.",
});
