import type { HttpClient } from "@infisical/core";
import type { SigningAlgorithm } from "./algorithms.ts";
import { checkBase64, checkBytes } from "./check-data.ts";
import { replyBytes } from "./reply-bytes.ts";
import type {
  KmsGetPublicKeyOptions,
  KmsListSigningAlgorithmsOptions,
  KmsSignBytesOptions,
  KmsSignDataOptions,
  KmsVerifyBytesOptions,
  KmsVerifyDataOptions,
} from "./signing-options.ts";
import { wire } from "./wire.ts";

/** A signature, and what it was made with. */
export interface KmsSignDataResponse {
  /** The signature in base64; ECDSA ones are in DER. */
  readonly signature: string;
  /** The id of the key. */
  readonly keyId: string;
  /** The algorithm. */
  readonly signingAlgorithm: SigningAlgorithm;
}

/** Whether a signature is good. */
export interface KmsVerifyDataResponse {
  /** `true` if the key made this signature over this data. */
  readonly signatureValid: boolean;
  /** The id of the key. */
  readonly keyId: string;
  /** The algorithm. */
  readonly signingAlgorithm: SigningAlgorithm;
}

/**
 * Signs with keys that never leave the server, and verifies. Servers of 2024 lack these calls.
 *
 * Data that breaks a rule is refused with `INVALID_OPTION` before anything is sent. Otherwise every method
 * rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the key is unknown, `BAD_REQUEST` where
 * it is disabled, made for encryption, or does not fit the algorithm.
 */
export interface KmsSigningApi {
  /**
   * Signs up to 4096 bytes, or a digest.
   *
   * @param options - The key, the data in base64, and how to sign.
   * @returns The signature in base64, with key and algorithm.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not 1 to 4096 bytes of base64.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, made for encryption, or does not fit the
   * algorithm.
   */
  sign(options: KmsSignDataOptions): Promise<KmsSignDataResponse>;
  /**
   * Tells whether a signature is good.
   *
   * @param options - The key, the data and the signature in base64, and how it was signed.
   * @returns Whether it is good, with key and algorithm.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not 1 to 4096 bytes of base64.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, made for encryption, or does not fit the
   * algorithm.
   */
  verify(options: KmsVerifyDataOptions): Promise<KmsVerifyDataResponse>;
  /**
   * Signs up to 4096 bytes, or a digest, without base64.
   *
   * @param options - The key, the data, and how to sign.
   * @returns The signature.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array` of 1 to 4096 bytes.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, made for encryption, or does not fit the
   * algorithm.
   */
  signBytes(options: KmsSignBytesOptions): Promise<Uint8Array>;
  /**
   * Tells whether a signature is good, without base64.
   *
   * @param options - The key, the data and the signature, and how it was signed.
   * @returns `true` if the key made this signature over this data.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array` of 1 to 4096 bytes.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, made for encryption, or does not fit the
   * algorithm.
   */
  verifyBytes(options: KmsVerifyBytesOptions): Promise<boolean>;
  /**
   * Lists the algorithms that a key can sign with.
   *
   * @param options - The key.
   * @returns The algorithms.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key. `BAD_REQUEST`: it is made for encryption.
   */
  listSigningAlgorithms(options: KmsListSigningAlgorithmsOptions): Promise<SigningAlgorithm[]>;
  /**
   * Gets the public half of a key, to verify signatures elsewhere.
   *
   * @param options - The key.
   * @returns The public key: an SPKI structure in DER, in base64.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key. `BAD_REQUEST`: it is made for encryption.
   */
  getPublicKey(options: KmsGetPublicKeyOptions): Promise<string>;
}

/** Makes the methods that `client.kms().signing()` gives. */
export function createKmsSigningApi(http: HttpClient): KmsSigningApi {
  const sign = async (options: KmsSignDataOptions): Promise<KmsSignDataResponse> => {
    const { signingAlgorithm, isDigest } = options;
    const data = checkBase64("data", options.data);
    return http.request(wire.sign(options, { data, signingAlgorithm, isDigest }));
  };
  const verify = async (options: KmsVerifyDataOptions): Promise<KmsVerifyDataResponse> => {
    const { signingAlgorithm, isDigest } = options;
    const data = checkBase64("data", options.data);
    const signature = checkBase64("signature", options.signature);
    return http.request(wire.verify(options, { data, signature, signingAlgorithm, isDigest }));
  };
  return {
    sign,
    verify,
    async signBytes(options) {
      const { signature } = await sign({ ...options, data: checkBytes("data", options.data) });
      return replyBytes("signature", signature);
    },
    async verifyBytes(options) {
      const data = checkBytes("data", options.data);
      const signature = checkBytes("signature", options.signature);
      return (await verify({ ...options, data, signature })).signatureValid;
    },
    async listSigningAlgorithms(options) {
      const request = wire.listSigningAlgorithms(options);
      return (await http.request<{ signingAlgorithms: SigningAlgorithm[] }>(request)).signingAlgorithms;
    },
    async getPublicKey(options) {
      return (await http.request<{ publicKey: string }>(wire.getPublicKey(options))).publicKey;
    },
  };
}
