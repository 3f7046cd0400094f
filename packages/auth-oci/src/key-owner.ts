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
  tenancy: [/^ocid1\.tenancy\.oc1\.\.[\w-]+$/, "must begin with ocid1.tenancy.oc1.. (realm OC1)"],
  user: [
    /^ocid1\.user\.oc1\.\.[\w-]+$/,
    "must begin with ocid1.user.oc1..: only IAM users of realm OC1 can log in, not instance or resource principals",
  ],
  fingerprint: [/^[\da-f]{2}(?::[\da-f]{2}){15}$/i, "must be 16 pairs of hexadecimal digits with colons"],
  region: [
    /^[a-z]{2}-[a-z]+-[1-9]$/,
    "must be a region of realm OC1, such as eu-frankfurt-1: Infisical reaches no other",
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
  throw fail(/^(?:ocid1\.|[a-z]{2,3}-)[\w.-]{1,100}$/.test(text) ? `${rule}, got ${text}` : rule);
}

/** The error of something that cannot be used. */
export function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
