import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login. Servers answer 403 TokenError if they refuse a token, and 500 if they cannot read it. */
export const explainRefusal: ReturnType<typeof explainLogin> = explainLogin({
  method: "Azure Auth",
  refusals: [
    [
      /signing key/i,
      "The tenant of the Azure Auth must have issued the token. Sovereign clouds need OIDC Auth instead.",
    ],
    [/tenant ID mismatch/i, "The tenant of the Azure Auth must have issued the token."],
    [
      /service principal .*not allowed/i,
      "The Azure Auth must allow this object id: that of the service principal, not of the application.",
    ],
    [/audience invalid/i, "The resource of the Azure Auth must equal the token's audience (`resource`)."],
    [
      /issuer invalid/i,
      "Only tokens of version 1 from the tenant of the Azure Auth are accepted; others need OIDC Auth.",
    ],
  ],
  tokenError: "Infisical refused the token: check its times, its tenant, and the clocks.",
  failure: "Infisical also answers this to what is not an access token of Azure.",
});
