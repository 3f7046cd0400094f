import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import type { SymmetricAlgorithm } from "./algorithms.ts";

const nonceLength = 12;
const tagLength = 16;

/** The real server appends this to every ciphertext. */
const version = Buffer.from("v01");

/** Encrypts with AES-GCM. The result contains nonce, ciphertext, tag and version. */
export function encrypt(algorithm: SymmetricAlgorithm, key: KeyObject, plaintext: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag(), version]);
}

/** Reverses {@link encrypt}. Throws if the ciphertext was not created with this key. */
export function decrypt(algorithm: SymmetricAlgorithm, key: KeyObject, ciphertext: Buffer): Buffer {
  const sealed = ciphertext.subarray(0, -version.length);
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
}
