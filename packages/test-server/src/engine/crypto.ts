import { hmac as nobleHmac } from "@noble/hashes/hmac";
import { sha1 as nobleSha1 } from "@noble/hashes/legacy";
import { sha256 as nobleSha256, sha384, sha512 } from "@noble/hashes/sha2";
import { type Bytes, concatBytes, utf8 } from "./bytes.ts";

/** A hash function of signatures. */
export type HashName = "sha256" | "sha384" | "sha512";

const hashes = { sha256: nobleSha256, sha384, sha512 };

export function hash(name: HashName, data: Uint8Array): Bytes {
  return owned(hashes[name](data));
}

export function sha1(data: Uint8Array | string): Bytes {
  return owned(nobleSha1(toBytes(data)));
}

export function sha256(data: Uint8Array | string): Bytes {
  return hash("sha256", toBytes(data));
}

export function hmacSha256(key: Uint8Array | string, data: Uint8Array | string): Bytes {
  return owned(nobleHmac(hashes.sha256, toBytes(key), toBytes(data)));
}

export function hmacSha1(key: Uint8Array | string, data: Uint8Array | string): Bytes {
  return owned(nobleHmac(nobleSha1, toBytes(key), toBytes(data)));
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

const nonceLength = 12;

/** Encrypts with AES-GCM and a random nonce. The result is nonce, ciphertext and tag. The key has 16 or 32 bytes. */
export async function encryptAesGcm(key: Bytes, plaintext: Bytes): Promise<Bytes> {
  const iv = randomBytes(nonceLength);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await aesKey(key), plaintext);
  return concatBytes(iv, new Uint8Array(sealed));
}

/** Reverses {@link encryptAesGcm}. Rejects if the ciphertext was not created with this key. */
export async function decryptAesGcm(key: Bytes, ciphertext: Bytes): Promise<Bytes> {
  const iv = ciphertext.subarray(0, nonceLength);
  const sealed = ciphertext.subarray(nonceLength);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await aesKey(key), sealed));
}

function aesKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function toBytes(data: Uint8Array | string): Uint8Array {
  return typeof data === "string" ? utf8(data) : data;
}

/** The same bytes, of which the types know that no other thread shares them. */
function owned(bytes: Uint8Array): Bytes {
  return Uint8Array.from(bytes);
}
