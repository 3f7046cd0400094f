import { type OptionRules, requireFlag, requireText } from "@infisical/core/authoring";
import type { SigningAlgorithm } from "./algorithms.ts";
import { type KmsKeyOptions, keyRules } from "./key-options.ts";

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

/** The rules of what the calls that sign and verify have in common. */
export const signingRules: OptionRules = {
  ...keyRules,
  signingAlgorithm: requireText,
  "isDigest?": requireFlag,
};
