import type { CallOptions } from "@infisical/core";
import type { EncryptionAlgorithm, KeyUsage, SigningAlgorithm } from "./algorithms.ts";

/** Which key. */
export interface KmsKeyOptions extends CallOptions {
  /** The key's id, a UUID. */
  readonly keyId: string;
}

/** What a new key is to be. */
export interface CreateKmsKeyOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Its name, unique in the project: 1 to 32 lower-case letters and digits, with single hyphens between them. */
  readonly name: string;
  /** A description, up to 500 characters. */
  readonly description?: string | undefined;
  /**
   * What it is for.
   *
   * @defaultValue "encrypt-decrypt"
   */
  readonly keyUsage?: KeyUsage | undefined;
  /**
   * What kind of key it is; it must fit the usage.
   *
   * @defaultValue "aes-256-gcm"
   */
  readonly encryptionAlgorithm?: EncryptionAlgorithm | undefined;
}

/** Which keys to list, and in which order. */
export interface ListKmsKeysOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /**
   * How many keys to leave out at the beginning.
   *
   * @defaultValue 0
   */
  readonly offset?: number | undefined;
  /**
   * How many keys to give, 1 to 100.
   *
   * @defaultValue 100
   */
  readonly limit?: number | undefined;
  /**
   * What to order by; the name is all that servers offer.
   *
   * @defaultValue "name"
   */
  readonly orderBy?: "name" | undefined;
  /**
   * Upwards or downwards.
   *
   * @defaultValue "asc"
   */
  readonly orderDirection?: "asc" | "desc" | undefined;
  /** Only keys with this in their names. */
  readonly search?: string | undefined;
}

/** Which key to find by its name. */
export interface GetKmsKeyByNameOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The key's name. */
  readonly name: string;
}

/** What is to change of a key; what is left out stays. */
export interface UpdateKmsKeyOptions extends KmsKeyOptions {
  /** A new name. */
  readonly name?: string | undefined;
  /** `true` makes it refuse to work, `false` allows it again. */
  readonly isDisabled?: boolean | undefined;
  /** A new description, up to 500 characters. */
  readonly description?: string | undefined;
}

/** Which key to get. */
export type GetKmsKeyOptions = KmsKeyOptions;

/** Which key to delete. */
export type DeleteKmsKeyOptions = KmsKeyOptions;

/** What to encrypt. */
export interface KmsEncryptDataOptions extends KmsKeyOptions {
  /** 1 to 4096 bytes, in base64. */
  readonly plaintext: string;
}

/** What to decrypt. */
export interface KmsDecryptDataOptions extends KmsKeyOptions {
  /** What `encrypt` gave: at most 4096 bytes, in base64. */
  readonly ciphertext: string;
}

/** Which bytes to encrypt. */
export interface KmsEncryptBytesOptions extends KmsKeyOptions {
  /** 1 to 4096 bytes. */
  readonly plaintext: Uint8Array;
}

/** Which bytes to decrypt. */
export interface KmsDecryptBytesOptions extends KmsKeyOptions {
  /** What `encryptBytes` gave: at most 4096 bytes. */
  readonly ciphertext: Uint8Array;
}

/** How to sign or to verify. */
export interface KmsSigningOptions extends KmsKeyOptions {
  /** How; it must fit the key. */
  readonly signingAlgorithm: SigningAlgorithm;
  /**
   * Whether `data` is a digest already, made with the hash that the algorithm names. PSS and ML-DSA take none.
   *
   * @defaultValue false
   */
  readonly isDigest?: boolean | undefined;
}

/** What to sign, and how. */
export interface KmsSignDataOptions extends KmsSigningOptions {
  /** 1 to 4096 bytes, in base64; sign a digest of what is longer. */
  readonly data: string;
}

/** Which signature to verify, and of what. */
export interface KmsVerifyDataOptions extends KmsSignDataOptions {
  /** What `sign` gave, in base64. */
  readonly signature: string;
}

/** Which bytes to sign, and how. */
export interface KmsSignBytesOptions extends KmsSigningOptions {
  /** 1 to 4096 bytes; sign a digest of what is longer. */
  readonly data: Uint8Array;
}

/** Which signature to verify, and of which bytes. */
export interface KmsVerifyBytesOptions extends KmsSignBytesOptions {
  /** What `signBytes` gave. */
  readonly signature: Uint8Array;
}

/** Which key's signing algorithms to list. */
export type KmsListSigningAlgorithmsOptions = KmsKeyOptions;

/** Which key's public half to get. */
export type KmsGetPublicKeyOptions = KmsKeyOptions;
