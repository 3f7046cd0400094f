import type { HttpClient } from "@infisical/core";
import {
  apiPath,
  type OptionRules,
  own,
  parseCallOptions,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import { parseBase64, parseBytes, requireBase64, requireBytes, toBase64 } from "./bytes.ts";
import { type KmsKeyOptions, keyRules, useKey } from "./key.ts";

/** The ways to sign. `RSASSA_*` fit RSA keys, `ECDSA_*` elliptic curves, `ML_DSA_*` the keys of the same name. */
export const SigningAlgorithm = {
  /** RSA with PSS and SHA-512; the salt is as long as the hash. */
  RSASSA_PSS_SHA_512: "RSASSA_PSS_SHA_512",
  /** RSA with PSS and SHA-384; the salt is as long as the hash. */
  RSASSA_PSS_SHA_384: "RSASSA_PSS_SHA_384",
  /** RSA with PSS and SHA-256; the salt is as long as the hash. */
  RSASSA_PSS_SHA_256: "RSASSA_PSS_SHA_256",
  /** RSA with PKCS #1 v1.5 and SHA-512. */
  RSASSA_PKCS1_V1_5_SHA_512: "RSASSA_PKCS1_V1_5_SHA_512",
  /** RSA with PKCS #1 v1.5 and SHA-384. */
  RSASSA_PKCS1_V1_5_SHA_384: "RSASSA_PKCS1_V1_5_SHA_384",
  /** RSA with PKCS #1 v1.5 and SHA-256. */
  RSASSA_PKCS1_V1_5_SHA_256: "RSASSA_PKCS1_V1_5_SHA_256",
  /** ECDSA with SHA-512; signatures are in DER. */
  ECDSA_SHA_512: "ECDSA_SHA_512",
  /** ECDSA with SHA-384; signatures are in DER. */
  ECDSA_SHA_384: "ECDSA_SHA_384",
  /** ECDSA with SHA-256; signatures are in DER. */
  ECDSA_SHA_256: "ECDSA_SHA_256",
  /** ML-DSA-44, over the data itself. */
  ML_DSA_44: "ML_DSA_44",
  /** ML-DSA-65, over the data itself. */
  ML_DSA_65: "ML_DSA_65",
  /** ML-DSA-87, over the data itself. */
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link SigningAlgorithm}. */
export type SigningAlgorithm = (typeof SigningAlgorithm)[keyof typeof SigningAlgorithm];

/** How to sign or to verify. */
export interface KmsSigningOptions extends KmsKeyOptions {
  /** The algorithm, which must fit the key. */
  readonly signingAlgorithm: SigningAlgorithm;
  /**
   * Whether `data` is already a digest, computed with the algorithm's hash. PSS and ML-DSA do not accept digests.
   *
   * @defaultValue false
   */
  readonly isDigest?: boolean | undefined;
}

/**
 * The data to sign, and how.
 *
 * @example
 * const signature = await client.kms().signing().sign({
 *   keyId: "a-key-id",
 *   data: "aGVsbG8=",
 *   signingAlgorithm: "RSASSA_PSS_SHA_256",
 *   isDigest: false,
 * });
 */
export interface KmsSignDataOptions extends KmsSigningOptions {
  /** Up to 1 MiB, in base64; sign a digest of longer data. */
  readonly data: string;
}

/**
 * The signature to verify, and its data.
 *
 * @example
 * const { signatureValid } = await client.kms().signing().verify({
 *   keyId: "a-key-id",
 *   data: "aGVsbG8=",
 *   signature: "what sign returned",
 *   signingAlgorithm: "RSASSA_PSS_SHA_256",
 * });
 */
export interface KmsVerifyDataOptions extends KmsSignDataOptions {
  /** The result of `sign`, in base64. */
  readonly signature: string;
}

/** The bytes to sign, and how. */
export interface KmsSignBytesOptions extends KmsSigningOptions {
  /** Up to 1 MiB; sign a digest of longer data. */
  readonly data: Uint8Array;
}

/**
 * The signature to verify, and its bytes.
 *
 * @example
 * const signing = client.kms().signing();
 * const data = new TextEncoder().encode("hello");
 * const signature = await signing.signBytes({ keyId: "a-key-id", data, signingAlgorithm: "ECDSA_SHA_256" });
 * await signing.verifyBytes({ keyId: "a-key-id", data, signature, signingAlgorithm: "ECDSA_SHA_256" });
 */
export interface KmsVerifyBytesOptions extends KmsSignBytesOptions {
  /** The result of `signBytes`. */
  readonly signature: Uint8Array;
}

/** Selects the key whose signing algorithms to list. */
export type KmsListSigningAlgorithmsOptions = KmsKeyOptions;

/** Selects the key whose public key to get. */
export type KmsGetPublicKeyOptions = KmsKeyOptions;

/** A signature, with its key and algorithm. */
export interface KmsSignDataResponse {
  /** The signature in base64; ECDSA ones are in DER. */
  readonly signature: string;
  /** The id of the key. */
  readonly keyId: string;
  /** The algorithm. */
  readonly signingAlgorithm: SigningAlgorithm;
}

/** Whether a signature is valid. */
export interface KmsVerifyDataResponse {
  /** `true` if this is the key's signature of this data. */
  readonly signatureValid: boolean;
  /** The id of the key. */
  readonly keyId: string;
  /** The algorithm. */
  readonly signingAlgorithm: SigningAlgorithm;
}

/**
 * Signs with keys that never leave the server, and verifies. Older servers do not have these calls, which
 * end with `GATEWAY_ERROR` there.
 *
 * Data that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the key is unknown, `BAD_REQUEST` if it is disabled, an encryption key,
 * or does not fit the algorithm.
 */
export interface KmsSigningApi {
  /**
   * Signs up to 1 MiB, or a digest.
   *
   * @param options - The key, the data in base64, and how to sign.
   * @returns The signature in base64, with key and algorithm.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not base64, or is too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, an encryption key, or does not fit the
   * algorithm.
   */
  sign(options: KmsSignDataOptions): Promise<KmsSignDataResponse>;
  /**
   * Verifies a signature.
   *
   * @param options - The key, the data and the signature in base64, and how it was signed.
   * @returns Whether it is valid, with key and algorithm.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: data or signature is not base64 or too long, or the signature is empty.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, an encryption key, or does not fit the
   * algorithm.
   */
  verify(options: KmsVerifyDataOptions): Promise<KmsVerifyDataResponse>;
  /**
   * Signs up to 1 MiB, or a digest, without base64.
   *
   * @param options - The key, the data, and how to sign.
   * @returns The signature.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: the data is not a `Uint8Array`, or is too long.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, an encryption key, or does not fit the
   * algorithm.
   */
  signBytes(options: KmsSignBytesOptions): Promise<Uint8Array>;
  /**
   * Verifies a signature, without base64.
   *
   * @param options - The key, the data and the signature, and how it was signed.
   * @returns `true` if this is the key's signature of this data.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: data or signature is not a `Uint8Array` or too long, or the
   * signature is empty.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the key is disabled, an encryption key, or does not fit the
   * algorithm.
   */
  verifyBytes(options: KmsVerifyBytesOptions): Promise<boolean>;
  /**
   * Lists the signing algorithms of a key.
   *
   * @param options - The key.
   * @returns The algorithms.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is an encryption key.
   */
  listSigningAlgorithms(options: KmsListSigningAlgorithmsOptions): Promise<SigningAlgorithm[]>;
  /**
   * Gets the public key, to verify signatures elsewhere.
   *
   * @param options - The key.
   * @returns The public key: an SPKI structure in DER, in base64.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist. `BAD_REQUEST`: it is an encryption key.
   */
  getPublicKey(options: KmsGetPublicKeyOptions): Promise<string>;
}

const signingRules: OptionRules = {
  ...keyRules,
  signingAlgorithm: requireText,
  "isDigest?": requireFlag,
};

/** Creates the methods of `client.kms().signing()`. */
export function createKmsSigningApi(http: HttpClient): KmsSigningApi {
  const result = { "keyId?": "string", "signingAlgorithm?": "string" } as const;
  const sign = (options: KmsSignDataOptions): Promise<KmsSignDataResponse> =>
    useKey(http, "sign", options, { signature: "string", ...result });
  const verify = (options: KmsVerifyDataOptions): Promise<KmsVerifyDataResponse> =>
    useKey(http, "verify", options, { signatureValid: "boolean", ...result });
  return {
    async sign(options) {
      const response = await sign(parseCallOptions(options, { ...signingRules, data: requireBase64 }));
      parseBase64("signature", response.signature);
      return response;
    },
    async verify(options) {
      const rules = { ...signingRules, data: requireBase64, signature: requireBase64 };
      return verify(parseCallOptions(options, rules));
    },
    async signBytes(options) {
      const parsed = parseCallOptions(options, { ...signingRules, data: requireBytes });
      const { signature } = await sign(own({ ...parsed, data: toBase64(parsed.data) }));
      return parseBytes("signature", signature);
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
        operation: "kms.signing.listSigningAlgorithms",
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
        operation: "kms.signing.getPublicKey",
        method: "GET",
        path: apiPath`/api/v1/kms/keys/${{ keyId }}/public-key`,
        signal,
        timeout,
        expect: { publicKey: "string" },
      });
      return parseBase64("publicKey", response.publicKey);
    },
  };
}
