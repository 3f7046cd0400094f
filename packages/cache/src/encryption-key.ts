import { optionError } from "@infisical/core/authoring";

const rule =
  "must be at least 32 random characters in base64 or hexadecimal, such as the output of `openssl rand -base64 32`, " +
  "or at least 32 random bytes";

/** Fewer different characters or bytes are a pattern that somebody typed. */
const fewestDifferent = 8;

/** Checks the option `encryptionKey`, one key or a list, and returns their bytes. No error repeats one. */
export function parseEncryptionKeys(option: string, value: unknown): readonly Uint8Array<ArrayBuffer>[] {
  if (!Array.isArray(value)) return [parseKey(option, value)];
  if (value.length === 0)
    throw optionError(option, "must have a key: the first encrypts, all of them decrypt");
  return Array.from(value, (each, index) => parseKey(`${option}[${index}]`, each));
}

function parseKey(option: string, key: unknown): Uint8Array<ArrayBuffer> {
  const isText = typeof key === "string" && /^[\w+/=-]{32,}$/.test(key.trim());
  if (!isText && !(key instanceof Uint8Array && key.length >= 32)) throw optionError(option, rule);
  // A copy, which the caller cannot change.
  const bytes = isText ? new TextEncoder().encode(key.trim()) : Uint8Array.from(key as Uint8Array);
  if (new Set(bytes).size < fewestDifferent) throw optionError(option, rule);
  return bytes;
}
