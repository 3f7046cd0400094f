import { InfisicalSDKError } from "@infisical/core";

/** Whose API key signs, and where its user is looked up. */
export interface KeyOwner {
  readonly tenancy: string;
  readonly user: string;
  readonly fingerprint: string;
  readonly region: string;
}

/** What the fields must look like, and the rule for messages. Infisical's server accepts hosts of realm OC1 only. */
const rules: Readonly<Record<keyof KeyOwner, readonly [RegExp, string]>> = {
  tenancy: [
    /^ocid1\.tenancy\.oc1\.\.[\w-]+$/,
    "must be the OCID of a tenancy in realm OC1 (ocid1.tenancy.oc1..)",
  ],
  user: [
    /^ocid1\.user\.oc1\.\.[\w-]+$/,
    "must be the OCID of an IAM user in realm OC1 (ocid1.user.oc1..): instance and resource principals cannot log in",
  ],
  fingerprint: [
    /^[\da-f]{2}(?::[\da-f]{2}){15}$/i,
    "must be 16 pairs of hexadecimal digits, separated by colons",
  ],
  region: [
    /^[a-z]{2}-[a-z]+-[1-9]$/,
    "must be the identifier of a region in realm OC1, such as eu-frankfurt-1: Infisical does not reach other realms, such as those " +
      "of governments",
  ],
};

export const ownerFields = Object.keys(rules) as readonly (keyof KeyOwner)[];

/**
 * Checks a field of the owner.
 *
 * @param fail - Creates the error, given a rule.
 * @returns The field, without white space around it.
 */
export function parseOwnerField(
  field: keyof KeyOwner,
  value: unknown,
  fail: (rule: string) => Error,
): string {
  const text = typeof value === "string" ? value.trim() : "";
  const [pattern, rule] = rules[field];
  if (pattern.test(text)) return text;
  // Anything else may be a key or a passphrase that was passed by mistake.
  const isHarmless = /^(?:ocid1\.|[a-z]{2,3}-)[\w.-]{1,100}$/.test(text);
  throw fail(isHarmless ? `${rule}, got ${text}` : rule);
}

/** The error of something that cannot be used. */
export function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
