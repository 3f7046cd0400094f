/** Bytes that no other thread shares. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The pages of Jest have no `TextEncoder` and no `TextDecoder`. */
const hasTextCoders = typeof TextEncoder === "function" && typeof TextDecoder === "function";

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  if (hasTextCoders) return new TextEncoder().encode(text);
  const escaped = encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
  return Uint8Array.from(escaped.match(/%..|./g) ?? [], (unit) =>
    unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0),
  );
}

/** The text of UTF-8 bytes. A wrong byte becomes `\uFFFD`; a byte order mark stays. */
export function fromUtf8(bytes: Uint8Array): string {
  if (hasTextCoders) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return decodeURIComponent(toHex(bytes).replaceAll(/../g, "%$&"));
}

/** How many bytes a text has in UTF-8. */
export function byteLength(text: string): number {
  return utf8(text).length;
}

/** The first half of a text, at least one character. */
export function firstHalf(text: string): string {
  return text.slice(0, Math.max(1, Math.floor(text.length / 2)));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Base64 with the alphabet of URLs and without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Decodes either alphabet as Node does: to the first `=`, past all that is not Base64. It never throws. */
export function fromBase64(text: string): Bytes {
  const [written = ""] = text.split("=", 1);
  const digits = written
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replaceAll(/[^A-Za-z\d+/]/g, "");
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  const binary = atob(whole);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** The number that bytes spell, the highest byte first. */
export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`);
}

/** The bytes that spell a number, the highest first, with zeros before them up to a length. */
export function fromBigInt(value: bigint, length: number): Bytes {
  return fromHex(value.toString(16).padStart(length * 2, "0"));
}
