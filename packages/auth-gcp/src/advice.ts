import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login, with an ID token or a signed JWT. Servers answer 500 if they refuse an ID token. */
export const explainRefusal: ReturnType<typeof explainLogin> = explainLogin({
  method: "GCP Auth",
  refusals: [
    [/service account not allowed/i, "The GCP Auth must allow the account's e-mail address."],
    [/project not allowed/i, "The GCP Auth must allow the machine's project."],
    [/zone not allowed/i, "The GCP Auth must allow the machine's zone."],
    [/service account identifier/i, "A GCP Auth of type IAM needs gcpIamAuth."],
    [/invalid audience/i, "The token's audience must be the identity's id."],
  ],
  tokenError: "Infisical refused the signature: check the key and the clocks.",
  failure:
    "Infisical also answers this to a token that it refuses: check its audience (the identity's id) and the type of the GCP Auth.",
});
