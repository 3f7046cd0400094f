import { InfisicalSDKError } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";

/** What servers take at most, of a plaintext as of a ciphertext or a signature. */
const longest = 4096;

/** The length of the longest text in base64 that servers take. */
const longestText = Math.ceil(longest / 3) * 4;

/** Checks an option in base64, and returns it. Messages never repeat it: it may be secret. */
export function requireBase64(option: string, value: unknown): string {
  if (typeof value === "string" && value.length > longestText) {
    const rule = `must hold 1 to ${longest} bytes, at most ${longestText} characters of base64`;
    throw optionError(option, `${rule}, and has ${value.length} characters`);
  }
  const bytes = typeof value === "string" ? fromBase64(value) : undefined;
  if (bytes === undefined) {
    throw optionError(
      option,
      "must be a string in base64; methods whose names end in Bytes take a Uint8Array",
    );
  }
  checkLength(option, bytes.length);
  return value as string;
}

/** Checks an option of bytes, and returns it. */
export function requireBytes(option: string, value: unknown): Uint8Array {
  // Test runners have a Uint8Array of their own, so that `instanceof` would refuse good ones.
  if (Object.prototype.toString.call(value) !== "[object Uint8Array]") {
    throw optionError(option, "must be a Uint8Array; for text, use new TextEncoder().encode(text)");
  }
  const bytes = value as Uint8Array;
  checkLength(option, bytes.length);
  return bytes;
}

/** The bytes in base64. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** The bytes of a response's field. None is shorter than a byte. */
export function responseBytes(field: string, text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes !== undefined && bytes.length > 0) return bytes;
  throw new InfisicalSDKError(`The response's \`${field}\` is not base64, or is empty.`, {
    code: "INVALID_RESPONSE",
  });
}

/** The text of a response's field, which must be base64 too. */
export function responseBase64(field: string, text: string): string {
  responseBytes(field, text);
  return text;
}

/** The bytes that a text stands for; `undefined` if it is no base64. The padding may be missing. */
function fromBase64(text: string): Uint8Array | undefined {
  // A pattern that repeats groups of four overflows the stack of long texts.
  const digits = text.replace(/={1,2}$/, "");
  const padding = text.length - digits.length;
  if (/[^a-z\d+/]/i.test(digits) || digits.length % 4 === 1) return undefined;
  if (padding > 0 && text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function checkLength(option: string, length: number): void {
  if (length >= 1 && length <= longest) return;
  throw optionError(option, `must hold 1 to ${longest} bytes, and holds ${length}`);
}
