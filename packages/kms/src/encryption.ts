import { type HttpClient, isInfisicalError } from "@infisical/core";
import { own, parseCallOptions, rewordRequestError } from "@infisical/core/authoring";
import { parseBase64, parseBytes, requireBase64, requireBytes, toBase64 } from "./bytes.ts";
import { type KmsKeyOptions, keyRules, useKey } from "./key.ts";

/**
 * The text to encrypt.
 *
 * @example
 * const ciphertext = await client.kms().encryption().encrypt({ keyId: "a-key-id", plaintext: "aGVsbG8=" });
 */
export interface KmsEncryptDataOptions extends KmsKeyOptions {
  /** Up to 1 MiB, in base64; older servers refuse an empty one. */
  readonly plaintext: string;
}

/**
 * The text to decrypt.
 *
 * @example
 * const plaintext = await client.kms().encryption().decrypt({ keyId: "a-key-id", ciphertext: "what encrypt returned" });
 */
export interface KmsDecryptDataOptions extends KmsKeyOptions {
  /** The result of `encrypt`, in base64. */
  readonly ciphertext: string;
}

/** The bytes to encrypt. */
export interface KmsEncryptBytesOptions extends KmsKeyOptions {
  /** Up to 1 MiB; older servers refuse an empty one. */
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
 * A plaintext has at most 1 MiB. Older servers accept 1 to 4096 bytes of plaintext and of ciphertext, which is 31 bytes
 * longer: they would encrypt more than 4065 bytes, but not decrypt the result. So that this is noticed in time, a
 * result of 4097 to 4127 bytes is decrypted once before it is returned.
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
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not base64, or is too long.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is disabled or a
   * signing key. `VALIDATION_FAILED`: it is too long for an older server, or empty.
   */
  encrypt(options: KmsEncryptDataOptions): Promise<string>;
  /**
   * Decrypts a result of {@link KmsEncryptionApi.encrypt}.
   *
   * @param options - The key, and the ciphertext in base64.
   * @returns The plaintext in base64.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the ciphertext is not base64, is empty or too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled or a signing key. `SERVER_ERROR`: the
   * ciphertext does not belong to this key.
   */
  decrypt(options: KmsDecryptDataOptions): Promise<string>;
  /**
   * Encrypts up to 1 MiB, without base64.
   *
   * @param options - The key, and the plaintext.
   * @returns The ciphertext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array`, or is too long.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is disabled or a
   * signing key. `VALIDATION_FAILED`: it is too long for an older server, or empty.
   */
  encryptBytes(options: KmsEncryptBytesOptions): Promise<Uint8Array>;
  /**
   * Decrypts a result of {@link KmsEncryptionApi.encryptBytes}.
   *
   * @param options - The key, and the ciphertext.
   * @returns The plaintext.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the ciphertext is not a `Uint8Array`, is empty or too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled or a signing key. `SERVER_ERROR`: the
   * ciphertext does not belong to this key.
   */
  decryptBytes(options: KmsDecryptBytesOptions): Promise<Uint8Array>;
}

/** Creates the methods of `client.kms().encryption()`. */
export function createKmsEncryptionApi(http: HttpClient): KmsEncryptionApi {
  const encrypt = async (options: KmsEncryptDataOptions) => {
    const expect = { ciphertext: "string" } as const;
    const { ciphertext } = await useKey<{ ciphertext: string }>(http, "encrypt", options, expect);
    const bytes = parseBytes("ciphertext", ciphertext);
    await assertDecryptable(http, options, ciphertext, bytes.length);
    return { ciphertext, bytes };
  };
  return {
    async encrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBase64 });
      return (await encrypt(parsed)).ciphertext;
    },
    async decrypt(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBase64 });
      return parseBase64("plaintext", await decrypt(http, parsed));
    },
    async encryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, plaintext: requireBytes });
      const plaintext = toBase64(parsed.plaintext);
      return (await encrypt(own({ ...parsed, plaintext }))).bytes;
    },
    async decryptBytes(options) {
      const parsed = parseCallOptions(options, { ...keyRules, ciphertext: requireBytes });
      const ciphertext = toBase64(parsed.ciphertext);
      return parseBytes("plaintext", await decrypt(http, own({ ...parsed, ciphertext })));
    },
  };
}

async function decrypt(http: HttpClient, options: KmsDecryptDataOptions): Promise<string> {
  const expect = { plaintext: "string" } as const;
  return (await useKey<{ plaintext: string }>(http, "decrypt", options, expect)).plaintext;
}

/** The most bytes that older servers accept, of a plaintext and of a ciphertext alike. */
const olderLimit = 4096;

/** By how many bytes a ciphertext is longer than its plaintext. */
const overhead = 31;

/**
 * Throws if the server does not decrypt what it has just encrypted, because it is too long. Only a ciphertext above
 * the older servers' limit, of a plaintext below it, leaves that open.
 */
async function assertDecryptable(
  http: HttpClient,
  { keyId, signal, timeout }: KmsKeyOptions,
  ciphertext: string,
  length: number,
): Promise<void> {
  if (length <= olderLimit || length > olderLimit + overhead) return;
  try {
    await decrypt(http, { keyId, ciphertext, signal, timeout });
  } catch (error) {
    if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") throw error;
    // The server looks at the length before it looks at the permission.
    if (error.code === "FORBIDDEN") return;
    if (error.code !== "VALIDATION_FAILED") throw error;
    const most = olderLimit - overhead;
    throw rewordRequestError(
      error,
      () => `The plaintext is too long: this server decrypts what had at most ${most} bytes.`,
    );
  }
}
