import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { SymmetricAlgorithm } from "../kms/algorithms.ts";
import { decrypt, encrypt } from "../kms/cipher.ts";
import { ciphertextBody, plaintextBody } from "./kms-requests.ts";
import { usableKmsKey } from "./permitted-kms-key.ts";

const base = "/api/v1/kms/keys/:keyId";

/** Encryption and decryption with the keys of a project. */
export function registerKmsEncryption(routes: Routes): void {
  routes.authenticated("POST", `${base}/encrypt`, async (request) => {
    const plaintext = Buffer.from(validate(plaintextBody, request.body()).plaintext, "base64");
    const { encryptionAlgorithm, material } = usableKmsKey(routes, request, "encrypt", "encrypt-decrypt");
    const ciphertext = encrypt(encryptionAlgorithm as SymmetricAlgorithm, await material, plaintext);
    return { ciphertext: ciphertext.toString("base64") };
  });

  routes.authenticated("POST", `${base}/decrypt`, async (request) => {
    const ciphertext = Buffer.from(validate(ciphertextBody, request.body()).ciphertext, "base64");
    const { encryptionAlgorithm, material } = usableKmsKey(routes, request, "decrypt", "encrypt-decrypt");
    // A ciphertext of another key results in a bare 500, as on the real server.
    const plaintext = decrypt(encryptionAlgorithm as SymmetricAlgorithm, await material, ciphertext);
    return { plaintext: plaintext.toString("base64") };
  });
}
