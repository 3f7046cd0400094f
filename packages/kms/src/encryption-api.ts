import type { HttpClient } from "@infisical/core";
import { checkBase64, checkBytes } from "./check-data.ts";
import type {
  KmsDecryptBytesOptions,
  KmsDecryptDataOptions,
  KmsEncryptBytesOptions,
  KmsEncryptDataOptions,
} from "./encryption-options.ts";
import { replyBytes } from "./reply-bytes.ts";
import { wire } from "./wire.ts";

/**
 * Encrypts and decrypts with keys that never leave the server.
 *
 * A ciphertext is 31 bytes longer than its plaintext, and servers take at most 4096 bytes of either: what is
 * longer than 4065 bytes can be encrypted, but not decrypted again.
 *
 * Data that breaks a rule is refused with `INVALID_OPTION` before anything is sent. Otherwise every method
 * rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the key is unknown, `BAD_REQUEST` where
 * it is disabled or made for signing, `SERVER_ERROR` where a ciphertext is not one of this key.
 */
export interface KmsEncryptionApi {
  /**
   * Encrypts up to 4096 bytes.
   *
   * @param options - The key, and the plaintext in base64.
   * @returns The ciphertext in base64.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not 1 to 4096 bytes of base64.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key. `BAD_REQUEST`: it is disabled, or made
   * for signing.
   */
  encrypt(options: KmsEncryptDataOptions): Promise<string>;
  /**
   * Decrypts what {@link KmsEncryptionApi.encrypt} gave.
   *
   * @param options - The key, and the ciphertext in base64.
   * @returns The plaintext in base64.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not 1 to 4096 bytes of base64.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, or made for signing. `SERVER_ERROR`: the
   * ciphertext is not one of this key.
   */
  decrypt(options: KmsDecryptDataOptions): Promise<string>;
  /**
   * Encrypts up to 4096 bytes, without base64.
   *
   * @param options - The key, and the plaintext.
   * @returns The ciphertext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array` of 1 to 4096 bytes.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key. `BAD_REQUEST`: it is disabled, or made
   * for signing.
   */
  encryptBytes(options: KmsEncryptBytesOptions): Promise<Uint8Array>;
  /**
   * Decrypts what {@link KmsEncryptionApi.encryptBytes} gave.
   *
   * @param options - The key, and the ciphertext.
   * @returns The plaintext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array` of 1 to 4096 bytes.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, or made for signing. `SERVER_ERROR`: the
   * ciphertext is not one of this key.
   */
  decryptBytes(options: KmsDecryptBytesOptions): Promise<Uint8Array>;
}

/** Makes the methods that `client.kms().encryption()` gives. */
export function createKmsEncryptionApi(http: HttpClient): KmsEncryptionApi {
  const encrypt = async (options: KmsEncryptDataOptions): Promise<string> => {
    const plaintext = checkBase64("plaintext", options.plaintext);
    const reply = await http.request<{ ciphertext: string }>(wire.encrypt(options, plaintext));
    return reply.ciphertext;
  };
  const decrypt = async (options: KmsDecryptDataOptions): Promise<string> => {
    const ciphertext = checkBase64("ciphertext", options.ciphertext);
    const reply = await http.request<{ plaintext: string }>(wire.decrypt(options, ciphertext));
    return reply.plaintext;
  };
  return {
    encrypt,
    decrypt,
    async encryptBytes(options) {
      const plaintext = checkBytes("plaintext", options.plaintext);
      return replyBytes("ciphertext", await encrypt({ ...options, plaintext }));
    },
    async decryptBytes(options) {
      const ciphertext = checkBytes("ciphertext", options.ciphertext);
      return replyBytes("plaintext", await decrypt({ ...options, ciphertext }));
    },
  };
}
