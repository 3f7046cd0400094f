/** Encrypts and decrypts what a store sees, with one key of the user. */
export interface Encryption {
  /** The name in the store of what a text describes. It tells nothing about the text. */
  nameOf(text: string): Promise<string>;
  /** Encrypts a text that is to be stored under a name. */
  seal(name: string, text: string): Promise<string>;
  /** Decrypts what was stored under a name. Rejects if it is anything else than what `seal` returned for this name. */
  open(name: string, sealed: string): Promise<string>;
}

/** The version of everything below: its derivations, its names and its form. */
const version = "infisical-cache-1";
const nonceLength = 12;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Derives a key for names and one for texts, when they are first needed. */
export function createEncryption(secret: Uint8Array<ArrayBuffer>): Encryption {
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

async function deriveKeys(secret: Uint8Array<ArrayBuffer>): Promise<readonly [CryptoKey, CryptoKey]> {
  const { subtle } = crypto;
  const source = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
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
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
