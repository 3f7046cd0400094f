import { optionError } from "@infisical/core/authoring";
import { fromBase64, toBase64 } from "./base64.ts";

/** What servers take at most, of a plaintext as of a ciphertext or a signature. */
const longest = 4096;

/** Checks data in base64, and gives it back. Messages never repeat it: it may be secret. */
export function checkBase64(option: string, value: unknown): string {
  const bytes = typeof value === "string" ? fromBase64(value) : undefined;
  if (typeof value !== "string" || bytes === undefined) {
    throw optionError(
      option,
      "must be a string in base64; methods whose names end in Bytes take a Uint8Array",
    );
  }
  checkLength(option, bytes.length);
  return value;
}

/** Checks bytes, and gives them in base64. */
export function checkBytes(option: string, value: unknown): string {
  // Test runners have a Uint8Array of their own, so that `instanceof` would refuse good ones.
  if (Object.prototype.toString.call(value) !== "[object Uint8Array]") {
    throw optionError(option, "must be a Uint8Array; for text, use new TextEncoder().encode(text)");
  }
  const bytes = value as Uint8Array;
  checkLength(option, bytes.length);
  return toBase64(bytes);
}

function checkLength(option: string, length: number): void {
  if (length >= 1 && length <= longest) return;
  throw optionError(option, `must hold 1 to ${longest} bytes, and holds ${length}`);
}
