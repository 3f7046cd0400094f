import { optionError } from "@infisical/core/authoring";

const rule =
  "must be at least 32 random characters in base64 or hexadecimal, such as the output of `openssl rand -base64 32`, " +
  "or at least 32 random bytes";

/** Fewer different characters or bytes are a pattern that somebody typed. */
const fewestDifferent = 8;

/** Checks the option `encryptionKey`, one key or a list, and returns their bytes. No error repeats one. */
export function parseEncryptionKeys(option: string, value: unknown): readonly Uint8Array[] {
  if (!Array.isArray(value)) return [parseEncryptionKey(option, value)];
  if (value.length === 0)
    throw optionError(option, "must have a key: the first encrypts, all of them decrypt");
  return Array.from(value, (each, index) => parseEncryptionKey(`${option}[${index}]`, each));
}

/**
 * Checks a key that a user gives, and returns its bytes. The error does not repeat it.
 *
 * @param option - The option's name, for the error.
 * @param key - At least 32 random characters in base64 or hexadecimal, or at least 32 random bytes.
 * @returns A copy of its bytes, for `createEncryption`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is too short, or a pattern that somebody typed.
 *
 * @example
 * import { parseEncryptionKey } from "@infisical/cache/encryption";
 * parseEncryptionKey("key", "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f").length; // 32
 */
export function parseEncryptionKey(option: string, key: unknown): Uint8Array {
  const isText = typeof key === "string" && /^[\w+/=-]{32,}$/.test(key.trim());
  if (!isText && !(key instanceof Uint8Array && key.length >= 32)) throw optionError(option, rule);
  // A copy, which the caller cannot change.
  const bytes = isText ? new TextEncoder().encode(key.trim()) : Uint8Array.from(key as Uint8Array);
  if (new Set(bytes).size < fewestDifferent) throw optionError(option, rule);
  return bytes;
}
