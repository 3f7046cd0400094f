import { InfisicalSDKError } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";

const mebibyte = 1_048_576;

/** How many bytes current servers accept, by option. Older servers accept 1 to 4096, and say so. */
const sizes: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  plaintext: { least: 0, most: mebibyte },
  ciphertext: { least: 1, most: mebibyte + 1024 },
  data: { least: 0, most: mebibyte },
  signature: { least: 1, most: 8192 },
};

function sizesOf(option: string): { readonly least: number; readonly most: number } {
  return sizes[option] ?? { least: 1, most: mebibyte };
}

/** Checks a base64 option and returns it. Messages never repeat it: it may be secret. */
export function requireBase64(option: string, value: unknown): string {
  const { least, most } = sizesOf(option);
  const longestText = Math.ceil(most / 3) * 4;
  if (typeof value === "string" && value.length > longestText) {
    const rule = `must be ${least} to ${most} bytes, at most ${longestText} characters of base64`;
    throw optionError(option, `${rule}, got ${value.length} characters`);
  }
  const bytes = typeof value === "string" ? fromBase64(value) : undefined;
  if (bytes === undefined) {
    throw optionError(
      option,
      "must be a string in base64; methods whose names end in Bytes accept a Uint8Array",
    );
  }
  assertLength(option, bytes.length);
  return value as string;
}

/** Checks an option of bytes and returns it. */
export function requireBytes(option: string, value: unknown): Uint8Array {
  // Test runners have their own Uint8Array, so `instanceof` would refuse valid ones.
  if (Object.prototype.toString.call(value) !== "[object Uint8Array]") {
    throw optionError(option, "must be a Uint8Array; for text, use new TextEncoder().encode(text)");
  }
  const bytes = value as Uint8Array;
  assertLength(option, bytes.length);
  return bytes;
}

/** Encodes bytes in base64. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Decodes a response's field, which must be base64; only a plaintext can be empty. */
export function parseBytes(field: string, text: string): Uint8Array {
  const bytes = fromBase64(text);
  const { least } = sizesOf(field);
  if (bytes !== undefined && bytes.length >= least) return bytes;
  const rule = least > 0 ? "is not base64, or is empty" : "is not base64";
  throw new InfisicalSDKError(`The response's \`${field}\` ${rule}.`, { code: "INVALID_RESPONSE" });
}

/** Checks a response's field as {@link parseBytes} does, and returns it in base64. */
export function parseBase64(field: string, text: string): string {
  parseBytes(field, text);
  return text;
}

/** Decodes base64; `undefined` if the text is not valid. The padding can be missing. */
function fromBase64(text: string): Uint8Array | undefined {
  // A pattern that repeats groups of four would overflow the stack on long texts.
  const digits = text.replace(/={1,2}$/, "");
  const padding = text.length - digits.length;
  if (/[^a-z\d+/]/i.test(digits) || digits.length % 4 === 1) return undefined;
  if (padding > 0 && text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function assertLength(option: string, length: number): void {
  const { least, most } = sizesOf(option);
  if (length >= least && length <= most) return;
  throw optionError(option, `must be ${least} to ${most} bytes, got ${length}`);
}
