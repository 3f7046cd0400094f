import type { Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { SymmetricAlgorithm } from "../kms/algorithms.js";
import { decrypt, encrypt } from "../kms/cipher.js";
import { ciphertextBody, plaintextBody } from "./kms-requests.js";
import { usableKmsKey } from "./permitted-kms-key.js";

const base = "/api/v1/kms/keys/:keyId";

/** Encryption and decryption with the keys of a project. */
export function registerKmsEncryption(routes: Routes): void {
  routes.signedIn("POST", `${base}/encrypt`, async (request) => {
    const plaintext = Buffer.from(validate(plaintextBody, request.body()).plaintext, "base64");
    const { encryptionAlgorithm, material } = usableKmsKey(routes, request, "encrypt", "encrypt-decrypt");
    const ciphertext = encrypt(encryptionAlgorithm as SymmetricAlgorithm, await material, plaintext);
    return { ciphertext: ciphertext.toString("base64") };
  });

  routes.signedIn("POST", `${base}/decrypt`, async (request) => {
    const ciphertext = Buffer.from(validate(ciphertextBody, request.body()).ciphertext, "base64");
    const { encryptionAlgorithm, material } = usableKmsKey(routes, request, "decrypt", "encrypt-decrypt");
    // What is no ciphertext of this key is a bare 500 on the real server too.
    const plaintext = decrypt(encryptionAlgorithm as SymmetricAlgorithm, await material, ciphertext);
    return { plaintext: plaintext.toString("base64") };
  });
}
