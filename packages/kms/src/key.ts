import type { CallOptions, HttpClient, ResponseShape } from "@infisical/core";
import { apiPath, type OptionRules, requireText } from "@infisical/core/authoring";

/** The usages of a key. */
export const KeyUsage = {
  /** Encrypting and decrypting, with a symmetric algorithm. */
  ENCRYPTION: "encrypt-decrypt",
  /** Signing and verifying, with an asymmetric algorithm. */
  SIGNING: "sign-verify",
} as const;

/** `"encrypt-decrypt"` or `"sign-verify"`. */
export type KeyUsage = (typeof KeyUsage)[keyof typeof KeyUsage];

/**
 * The algorithms of keys. AES keys encrypt and decrypt; all others sign and verify.
 *
 * Older servers only have AES; ML-DSA needs a current server.
 */
export const EncryptionAlgorithm = {
  /** RSA with 4096 bits, for signing. */
  RSA_4096: "RSA_4096",
  /** The elliptic curve P-256, for signing. */
  ECC_NIST_P256: "ECC_NIST_P256",
  /** AES-GCM with 256 bits, for encryption. */
  AES_256_GCM: "aes-256-gcm",
  /** AES-GCM with 128 bits, for encryption. */
  AES_128_GCM: "aes-128-gcm",
  /** ML-DSA-44 (FIPS 204), for signing. */
  ML_DSA_44: "ML_DSA_44",
  /** ML-DSA-65 (FIPS 204), for signing. */
  ML_DSA_65: "ML_DSA_65",
  /** ML-DSA-87 (FIPS 204), for signing. */
  ML_DSA_87: "ML_DSA_87",
} as const;

/** One of the values of {@link EncryptionAlgorithm}. */
export type EncryptionAlgorithm = (typeof EncryptionAlgorithm)[keyof typeof EncryptionAlgorithm];

/** A key without its key material, which never leaves the server. */
export interface KmsKey {
  /** The key's id, which other calls accept as `keyId`. */
  readonly id: string;
  /** Its name, unique in the project. */
  readonly name: string;
  /** Its description; `null` if it has none. */
  readonly description?: string | null;
  /** Whether the key is disabled. */
  readonly isDisabled?: boolean | null;
  /** The id of its organization. */
  readonly orgId: string;
  /** The id of its project. */
  readonly projectId: string;
  /** Its usage; older servers omit it. */
  readonly keyUsage?: KeyUsage;
  /** The number of its current version, from 1; older servers only send it in lists. */
  readonly version?: number;
  /** Its algorithm; older servers only send it in lists. */
  readonly encryptionAlgorithm?: EncryptionAlgorithm;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** Selects a key. */
export interface KmsKeyOptions extends CallOptions {
  /** The key's id, a UUID. */
  readonly keyId: string;
}

/**
 * The key to create.
 *
 * @example
 * await client.kms().keys().create({ projectId, name: "orders", description: "encrypts the orders" });
 */
export interface CreateKmsKeyOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Its name, unique in the project: 1 to 32 lower-case letters and digits, with single hyphens between them. */
  readonly name: string;
  /** A description, up to 500 characters. */
  readonly description?: string | undefined;
  /**
   * Its usage.
   *
   * @defaultValue "encrypt-decrypt"
   */
  readonly keyUsage?: KeyUsage | undefined;
  /**
   * Its algorithm, which must fit the usage.
   *
   * @defaultValue "aes-256-gcm"
   */
  readonly encryptionAlgorithm?: EncryptionAlgorithm | undefined;
}

/**
 * Selects the keys to list, and their order.
 *
 * @example
 * await client.kms().keys().list({
 *   projectId,
 *   search: "order",
 *   orderBy: "name",
 *   orderDirection: "desc",
 *   limit: 20,
 *   offset: 20,
 * });
 */
export interface ListKmsKeysOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /**
   * How many keys to skip.
   *
   * @defaultValue 0
   */
  readonly offset?: number | undefined;
  /**
   * How many keys to return, 1 to 100.
   *
   * @defaultValue 100
   */
  readonly limit?: number | undefined;
  /**
   * The field to sort by; servers only offer the name.
   *
   * @defaultValue "name"
   */
  readonly orderBy?: "name" | undefined;
  /**
   * The sort order: ascending or descending.
   *
   * @defaultValue "asc"
   */
  readonly orderDirection?: "asc" | "desc" | undefined;
  /** Limits the list to keys whose names contain this text. */
  readonly search?: string | undefined;
}

/**
 * Selects the key to get by its name.
 *
 * @example
 * const key = await client.kms().keys().getByName({ projectId, name: "orders" });
 */
export interface GetKmsKeyByNameOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The key's name. */
  readonly name: string;
}

/**
 * The changes to a key; what is omitted stays the same.
 *
 * @example
 * await client.kms().keys().update({
 *   keyId: "a-key-id",
 *   name: "old-orders",
 *   description: "replaced in March",
 *   isDisabled: true,
 * });
 */
export interface UpdateKmsKeyOptions extends KmsKeyOptions {
  /** A new name. */
  readonly name?: string | undefined;
  /** `true` disables the key, `false` enables it. */
  readonly isDisabled?: boolean | undefined;
  /** A new description, up to 500 characters. */
  readonly description?: string | undefined;
}

/** Selects the key to get. */
export type GetKmsKeyOptions = KmsKeyOptions;

/** Selects the key to delete. */
export type DeleteKmsKeyOptions = KmsKeyOptions;

/** The rules of the options that select a key. */
export const keyRules: OptionRules = { keyId: requireText };

/** Sends a call that uses a key. It changes nothing, so it is safe to retry. */
export function useKey<Response>(
  http: HttpClient,
  verb: "encrypt" | "decrypt" | "sign" | "verify",
  { keyId, signal, timeout, ...body }: KmsKeyOptions,
  expect: ResponseShape,
): Promise<Response> {
  const path = apiPath`/api/v1/kms/keys/${{ keyId }}/${{ verb }}`;
  const operation = `kms.${verb}`;
  return http.request({ operation, method: "POST", path, body, signal, timeout, readOnly: true, expect });
}
