import { optionError, requireText } from "@infisical/core/authoring";
import { checkObject, unlessText } from "./check-shape.ts";

/** Checks a name that a secret is to get. Servers would take one that no later request can name. */
export function checkNewName(option: string, name: unknown): void {
  const text = requireText(option, name).trim();
  if (text === "." || text === "..") throw optionError(option, 'must not be "." or ".."', name);
}

/** Checks a value, which the error does not repeat. */
export function checkValue(option: string, value: unknown): void {
  if (typeof value !== "string") throw optionError(option, "must be a string");
}

/** Checks the secrets of a batch: at least one, and none of them twice. */
export function checkBatch(
  secrets: readonly { readonly secretKey: string; readonly secretPath?: string | undefined }[],
): void {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    throw optionError("secrets", "must be an array of at least one secret", unlessText(secrets));
  }
  const seen = new Set<string>();
  for (const [index, secret] of secrets.entries()) {
    checkObject(`secrets[${index}]`, secret);
    const { secretKey, secretPath = "" } = secret;
    const option = `secrets[${index}].secretKey`;
    const identity = `${secretPath}\n${requireText(option, secretKey).trim()}`;
    // Servers of 2024 would create both.
    if (seen.has(identity)) throw optionError(option, "must occur once in a batch", secretKey);
    seen.add(identity);
  }
}

/** Checks a list of names. */
export function checkNames(option: string, names: readonly string[]): void {
  if (!Array.isArray(names)) throw optionError(option, "must be an array of names", names);
  for (const [index, name] of names.entries()) requireText(`${option}[${index}]`, name);
}
