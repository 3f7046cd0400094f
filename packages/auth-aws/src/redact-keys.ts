import { readVariable, withoutSecrets } from "@infisical/core/authoring";

/** The longest message of a provider that is passed on. */
const longest = 500;

/**
 * The message of an AWS provider's error, without keys: a command that failed is in it with its arguments, and a
 * response that cannot be read with its text.
 */
export function messageWithoutKeys(error: unknown): string {
  const known = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].flatMap((name) => readVariable(name) ?? []);
  const message = error instanceof Error ? error.message : String(error);
  const redacted = withoutSecrets(message, known)
    // Secret keys are 40 characters of base64, and tokens are longer; paths of that length have no such mixture.
    .replace(/[\w+/=-]{40,}/g, (run) => (isMixed(run) ? "[redacted]" : run))
    .trim();
  return redacted.length > longest ? `${redacted.slice(0, longest)}…` : redacted;
}

function isMixed(run: string): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
}
