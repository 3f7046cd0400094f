import type { HttpClient } from "@infisical/core";
import { apiPath, own, parseCallOptions } from "@infisical/core/authoring";
import { requireBase64, requireBytes, responseBase64, responseBytes, toBase64 } from "./bytes.ts";
import type {
  KmsDecryptBytesOptions,
  KmsDecryptDataOptions,
  KmsEncryptBytesOptions,
  KmsEncryptDataOptions,
} from "./encryption-options.ts";
import { keyRules } from "./key-options.ts";

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
    const { keyId, signal, timeout, ...body } = options;
    const response = await http.request<{ ciphertext: string }>({
      method: "POST",
      path: apiPath`/api/v1/kms/keys/${{ keyId }}/encrypt`,
      body,
      signal,
      timeout,
      // A key is used, and nothing changed: it may be sent again like any read.
      readOnly: true,
      expect: { ciphertext: "string" },
    });
    return response.ciphertext;
  };
  const decrypt = async (options: KmsDecryptDataOptions): Promise<string> => {
    const { keyId, signal, timeout, ...body } = options;
    const response = await http.request<{ plaintext: string }>({
      method: "POST",
      path: apiPath`/api/v1/kms/keys/${{ keyId }}/decrypt`,
      body,
      signal,
      timeout,
      readOnly: true,
      expect: { plaintext: "string" },
    });
    return response.plaintext;
  };
  return {
    async encrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBase64 });
      return responseBase64("ciphertext", await encrypt(parsed));
    },
    async decrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBase64 });
      return responseBase64("plaintext", await decrypt(parsed));
    },
    async encryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBytes });
      const plaintext = toBase64(parsed.plaintext);
      return responseBytes("ciphertext", await encrypt(own({ ...parsed, plaintext })));
    },
    async decryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBytes });
      const ciphertext = toBase64(parsed.ciphertext);
      return responseBytes("plaintext", await decrypt(own({ ...parsed, ciphertext })));
    },
  };
}
