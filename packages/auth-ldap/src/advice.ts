import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login. */
export const explainRefusal: ReturnType<typeof explainLogin> = explainLogin({
  method: "LDAP Auth",
  refusals: [
    [
      /^Invalid credentials/,
      "Username or password are wrong, or the user lacks a required attribute. Three refusals in 30 s, by default, lock the " +
        "identity for this user.",
    ],
    [
      /temporarily locked/,
      "Too many logins of this user were refused. The lock ends after 5 minutes by default, or once it is cleared in the LDAP Auth.",
    ],
    [/acquire lock/, "Another login of this user is in progress."],
    [/^(?:LDAP auth|Identity) with ID/i, "Check the identity's id, and that it has LDAP Auth."],
    [/valid UUID/, "identityId must be the identity's id, not its name."],
    [/plan restriction/, "The organization's plan does not include LDAP Auth."],
  ],
});
