import type { KmsKey, SigningAlgorithm } from "@infisical/kms";
import type { Reply } from "./shapes.ts";

/** The server's reply to `kms().keys().create()`, which gives the key alone. */
export type CreateKmsKeyResponse = Reply<"key", KmsKey>;
/** The server's reply to `kms().keys().delete()`, which gives the key alone. */
export type DeleteKmsKeyResponse = Reply<"key", KmsKey>;
/** The server's reply to `kms().keys().getByName()`, which gives the key alone. */
export type GetKmsKeyByNameResponse = Reply<"key", KmsKey>;
/** The server's reply to `kms().encryption().encrypt()`, which gives the ciphertext alone. */
export type KmsEncryptDataResponse = Reply<"ciphertext", string>;
/** The server's reply to `kms().encryption().decrypt()`, which gives the plaintext alone. */
export type KmsDecryptDataResponse = Reply<"plaintext", string>;
/** The server's reply to `kms().signing().listSigningAlgorithms()`, which gives the algorithms alone. */
export type KmsListSigningAlgorithmsResponse = Reply<"signingAlgorithms", SigningAlgorithm[]>;
/** The server's reply to `kms().signing().getPublicKey()`, which gives the key alone. */
export type KmsGetPublicKeyResponse = Reply<"publicKey", string>;
