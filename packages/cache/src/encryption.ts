export { parseEncryptionKey } from "./encryption-key.ts";

/** Encrypts and decrypts what is kept outside the process, with one key of the user. */
export interface Encryption {
  /**
   * Returns the name under which to keep what a text describes. It tells nothing about the text.
   *
   * @param text - What is kept, in whatever words.
   */
  nameOf(text: string): Promise<string>;
  /**
   * Encrypts a text that is to be kept under a name.
   *
   * @param name - The name; the text cannot be opened under another one.
   * @param text - The text.
   * @returns ASCII, about a third longer.
   */
  seal(name: string, text: string): Promise<string>;
  /**
   * Decrypts what was kept under a name.
   *
   * @param name - The name.
   * @param sealed - What `seal` returned.
   * @returns The text. Rejects if `sealed` is anything else than what `seal` returned for this name and key.
   */
  open(name: string, sealed: string): Promise<string>;
}

/** The version of everything below: its derivations, its names and its form. */
const version = "infisical-cache-1";
const nonceLength = 12;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Creates an encryption: AES-256-GCM for texts and HMAC-SHA256 for names, with keys that HKDF derives when they are first
 * needed.
 *
 * @param secret - The bytes of a key that `parseEncryptionKey` has checked.
 * @returns The encryption.
 *
 * @example
 * import { createEncryption, parseEncryptionKey } from "@infisical/cache/encryption";
 * const encryption = createEncryption(parseEncryptionKey("key", "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f"));
 * const sealed = await encryption.seal("a name", "a text");
 * console.log(await encryption.open("a name", sealed)); // a text
 */
export function createEncryption(secret: Uint8Array): Encryption {
  const { subtle } = crypto;
  let derived: Promise<readonly [CryptoKey, CryptoKey]> | undefined;
  const keys = (): Promise<readonly [CryptoKey, CryptoKey]> => {
    derived ??= deriveKeys(secret);
    return derived;
  };
  const bound = (name: string) => encode(`${version} ${name}`);
  return {
    nameOf: async (text) => {
      const [forNames] = await keys();
      return `${version}-${toHex(await subtle.sign("HMAC", forNames, encode(text)))}`;
    },
    seal: async (name, text) => {
      const [, forTexts] = await keys();
      const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
      const how = { name: "AES-GCM", iv, additionalData: bound(name) };
      const sealed = new Uint8Array(await subtle.encrypt(how, forTexts, encode(text)));
      return `${version}.${toBase64(iv)}.${toBase64(sealed)}`;
    },
    open: async (name, sealed) => {
      const [, forTexts] = await keys();
      const [form, iv = "", text = "", ...rest] = sealed.split(".", 4);
      if (form !== version || rest.length > 0) throw new Error("This is not an entry of this version.");
      const how = { name: "AES-GCM", iv: fromBase64(iv), additionalData: bound(name) };
      const opened = await subtle.decrypt(how, forTexts, fromBase64(text));
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(opened);
    },
  };
}

async function deriveKeys(secret: Uint8Array): Promise<readonly [CryptoKey, CryptoKey]> {
  const { subtle } = crypto;
  const source = await subtle.importKey("raw", Uint8Array.from(secret), "HKDF", false, ["deriveKey"]);
  const from = (purpose: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encode(`${version} ${purpose}`),
  });
  return Promise.all([
    subtle.deriveKey(from("names"), source, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),
    subtle.deriveKey(from("texts"), source, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
  ]);
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const letters = encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const padding = 61;

/** For a long list, `btoa` would need a string of all bytes first, which takes a second. */
function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  const letter = (bits: number): number => letters[bits & 63] as number;
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const [one = 0, two = 0, three = 0] = [bytes[from], bytes[from + 1], bytes[from + 2]];
    text[to] = letter(one >> 2);
    text[to + 1] = letter((one << 4) | (two >> 4));
    if (from + 1 < bytes.length) text[to + 2] = letter((two << 2) | (three >> 6));
    if (from + 2 < bytes.length) text[to + 3] = letter(three);
  }
  return new TextDecoder().decode(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  // `atob` also decodes a text that lost its padding.
  if (text.length % 4 !== 0) throw new Error("This is not base64.");
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
