import type { HttpClient } from "@infisical/core";
import { apiPath, own, parseCallOptions } from "@infisical/core/authoring";
import type { SigningAlgorithm } from "./algorithms.ts";
import { requireBase64, requireBytes, responseBase64, responseBytes, toBase64 } from "./bytes.ts";
import { keyRules } from "./key-options.ts";
import {
  type KmsGetPublicKeyOptions,
  type KmsListSigningAlgorithmsOptions,
  type KmsSignBytesOptions,
  type KmsSignDataOptions,
  type KmsVerifyBytesOptions,
  type KmsVerifyDataOptions,
  signingRules,
} from "./signing-options.ts";

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
    const { keyId, signal, timeout, ...body } = options;
    return http.request({
      method: "POST",
      path: apiPath`/api/v1/kms/keys/${{ keyId }}/sign`,
      body,
      signal,
      timeout,
      // A key is used, and nothing changed: it may be sent again like any read.
      readOnly: true,
      expect: { signature: "string", "keyId?": "string", "signingAlgorithm?": "string" },
    });
  };
  const verify = async (options: KmsVerifyDataOptions): Promise<KmsVerifyDataResponse> => {
    const { keyId, signal, timeout, ...body } = options;
    return http.request({
      method: "POST",
      path: apiPath`/api/v1/kms/keys/${{ keyId }}/verify`,
      body,
      signal,
      timeout,
      readOnly: true,
      expect: { signatureValid: "boolean", "keyId?": "string", "signingAlgorithm?": "string" },
    });
  };
  return {
    async sign(options) {
      const response = await sign(parseCallOptions(options, { ...signingRules, data: requireBase64 }));
      responseBase64("signature", response.signature);
      return response;
    },
    async verify(options) {
      const rules = { ...signingRules, data: requireBase64, signature: requireBase64 };
      return verify(parseCallOptions(options, rules));
    },
    async signBytes(options) {
      const parsed = parseCallOptions(options, { ...signingRules, data: requireBytes });
      const { signature } = await sign(own({ ...parsed, data: toBase64(parsed.data) }));
      return responseBytes("signature", signature);
    },
    async verifyBytes(options) {
      const rules = { ...signingRules, data: requireBytes, signature: requireBytes };
      const parsed = parseCallOptions(options, rules);
      const [data, signature] = [toBase64(parsed.data), toBase64(parsed.signature)];
      return (await verify(own({ ...parsed, data, signature }))).signatureValid;
    },
    async listSigningAlgorithms(options) {
      const { keyId, signal, timeout } = parseCallOptions(options, keyRules);
      const response = await http.request<{ signingAlgorithms: SigningAlgorithm[] }>({
        method: "GET",
        path: apiPath`/api/v1/kms/keys/${{ keyId }}/signing-algorithms`,
        signal,
        timeout,
        expect: { signingAlgorithms: ["string"] },
      });
      return response.signingAlgorithms;
    },
    async getPublicKey(options) {
      const { keyId, signal, timeout } = parseCallOptions(options, keyRules);
      const response = await http.request<{ publicKey: string }>({
        method: "GET",
        path: apiPath`/api/v1/kms/keys/${{ keyId }}/public-key`,
        signal,
        timeout,
        expect: { publicKey: "string" },
      });
      return responseBase64("publicKey", response.publicKey);
    },
  };
}
