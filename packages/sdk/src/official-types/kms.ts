import type { KmsKey, SigningAlgorithm } from "@infisical/kms";
import type { ResponseOf } from "./shapes.ts";

/** The server's response to `kms().keys().create()`, which gives the key alone. */
export type CreateKmsKeyResponse = ResponseOf<"key", KmsKey>;
/** The server's response to `kms().keys().delete()`, which gives the key alone. */
export type DeleteKmsKeyResponse = ResponseOf<"key", KmsKey>;
/** The server's response to `kms().keys().getByName()`, which gives the key alone. */
export type GetKmsKeyByNameResponse = ResponseOf<"key", KmsKey>;
/** The server's response to `kms().encryption().encrypt()`, which gives the ciphertext alone. */
export type KmsEncryptDataResponse = ResponseOf<"ciphertext", string>;
/** The server's response to `kms().encryption().decrypt()`, which gives the plaintext alone. */
export type KmsDecryptDataResponse = ResponseOf<"plaintext", string>;
/** The server's response to `kms().signing().listSigningAlgorithms()`, which gives the algorithms alone. */
export type KmsListSigningAlgorithmsResponse = ResponseOf<"signingAlgorithms", SigningAlgorithm[]>;
/** The server's response to `kms().signing().getPublicKey()`, which gives the key alone. */
export type KmsGetPublicKeyResponse = ResponseOf<"publicKey", string>;
