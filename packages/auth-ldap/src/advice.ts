import type { InfisicalSDKRequestError } from "@infisical/core";
import type { LoginAdvice } from "@infisical/core/authoring";

/** What a person should check for each text with which the server refuses. */
const refusals: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /^Invalid credentials/,
    "The username or password is wrong, or the user lacks a required attribute of the LDAP Auth. It is not tried again: three " +
      "refusals in 30 seconds, by default, lock the identity for this user.",
  ],
  [
    /temporarily locked/,
    "Too many logins of this user were refused: by default, the lock ends after 5 minutes, or when it is cleared in the LDAP Auth.",
  ],
  [/acquire lock/, "Other logins of this user are in progress: try again later."],
  [
    /^(?:LDAP auth|Identity) with ID/i,
    "Check the identity's id, and that LDAP Auth is among its auth methods.",
  ],
  [/valid UUID/, "identityId must be the id of the machine identity, not its name."],
  [/plan restriction/, "The organization's plan does not include LDAP Auth."],
  [
    /^Sub organization with slug|not authorized to access sub organization/i,
    "The password was accepted; check organizationSlug, and that the identity is a member of that organization.",
  ],
  [/^Identity not found/, "The identity was deleted, and only its auth method is left."],
];

/** Explains a failed login. */
export function explainRefusal({ text }: InfisicalSDKRequestError): LoginAdvice | undefined {
  const advice = refusals.find(([said]) => said.test(text))?.[1];
  return advice === undefined ? undefined : { advice };
}
