import type { KmsKeyOptions } from "./key-options.ts";

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
