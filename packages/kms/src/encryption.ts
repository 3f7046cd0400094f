import type { HttpClient } from "@infisical/core";
import { own, parseCallOptions } from "@infisical/core/authoring";
import { parseBase64, parseBytes, requireBase64, requireBytes, toBase64 } from "./bytes.ts";
import { type KmsKeyOptions, keyRules, useKey } from "./key.ts";

/** The text to encrypt. */
export interface KmsEncryptDataOptions extends KmsKeyOptions {
  /** 1 byte to 1 MiB, in base64. */
  readonly plaintext: string;
}

/** The text to decrypt. */
export interface KmsDecryptDataOptions extends KmsKeyOptions {
  /** The result of `encrypt`, in base64. */
  readonly ciphertext: string;
}

/** The bytes to encrypt. */
export interface KmsEncryptBytesOptions extends KmsKeyOptions {
  /** 1 byte to 1 MiB. */
  readonly plaintext: Uint8Array;
}

/** The bytes to decrypt. */
export interface KmsDecryptBytesOptions extends KmsKeyOptions {
  /** The result of `encryptBytes`. */
  readonly ciphertext: Uint8Array;
}

/**
 * Encrypts and decrypts with keys that never leave the server.
 *
 * A plaintext has at most 1 MiB. Older servers accept at most 4096 bytes of plaintext and of ciphertext, which is 31 bytes
 * longer: there, more than 4065 bytes can be encrypted, but not decrypted again.
 *
 * Data that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the key is unknown, `BAD_REQUEST` if it is disabled or a signing key,
 * `SERVER_ERROR` if a ciphertext does not belong to this key.
 */
export interface KmsEncryptionApi {
  /**
   * Encrypts up to 1 MiB.
   *
   * @param options - The key, and the plaintext in base64.
   * @returns The ciphertext in base64.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not base64, is empty or too long.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is disabled or a
   * signing key.
   */
  encrypt(options: KmsEncryptDataOptions): Promise<string>;
  /**
   * Decrypts a result of {@link KmsEncryptionApi.encrypt}.
   *
   * @param options - The key, and the ciphertext in base64.
   * @returns The plaintext in base64.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not base64, is empty or too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled or a signing key. `SERVER_ERROR`: the
   * ciphertext does not belong to this key.
   */
  decrypt(options: KmsDecryptDataOptions): Promise<string>;
  /**
   * Encrypts up to 1 MiB, without base64.
   *
   * @param options - The key, and the plaintext.
   * @returns The ciphertext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array`, is empty or too long.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is disabled or a
   * signing key.
   */
  encryptBytes(options: KmsEncryptBytesOptions): Promise<Uint8Array>;
  /**
   * Decrypts a result of {@link KmsEncryptionApi.encryptBytes}.
   *
   * @param options - The key, and the ciphertext.
   * @returns The plaintext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array`, is empty or too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled or a signing key. `SERVER_ERROR`: the
   * ciphertext does not belong to this key.
   */
  decryptBytes(options: KmsDecryptBytesOptions): Promise<Uint8Array>;
}

/** Creates the methods of `client.kms().encryption()`. */
export function createKmsEncryptionApi(http: HttpClient): KmsEncryptionApi {
  const encrypt = async (options: KmsEncryptDataOptions): Promise<string> => {
    const expect = { ciphertext: "string" } as const;
    return (await useKey<{ ciphertext: string }>(http, "encrypt", options, expect)).ciphertext;
  };
  const decrypt = async (options: KmsDecryptDataOptions): Promise<string> => {
    const expect = { plaintext: "string" } as const;
    return (await useKey<{ plaintext: string }>(http, "decrypt", options, expect)).plaintext;
  };
  return {
    async encrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBase64 });
      return parseBase64("ciphertext", await encrypt(parsed));
    },
    async decrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBase64 });
      return parseBase64("plaintext", await decrypt(parsed));
    },
    async encryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBytes });
      const plaintext = toBase64(parsed.plaintext);
      return parseBytes("ciphertext", await encrypt(own({ ...parsed, plaintext })));
    },
    async decryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBytes });
      const ciphertext = toBase64(parsed.ciphertext);
      return parseBytes("plaintext", await decrypt(own({ ...parsed, ciphertext })));
    },
  };
}
