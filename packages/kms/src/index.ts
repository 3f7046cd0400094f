export { EncryptionAlgorithm, KeyUsage, SigningAlgorithm } from "./algorithms.ts";
export type { KmsEncryptionApi } from "./encryption-api.ts";
export type { KmsKeysApi, ListKmsKeysResponse } from "./keys-api.ts";
export { type KmsApi, type KmsPlugin, kms } from "./kms.ts";
export type { KmsKey } from "./kms-key.ts";
export type {
  CreateKmsKeyOptions,
  DeleteKmsKeyOptions,
  GetKmsKeyByNameOptions,
  GetKmsKeyOptions,
  KmsDecryptBytesOptions,
  KmsDecryptDataOptions,
  KmsEncryptBytesOptions,
  KmsEncryptDataOptions,
  KmsGetPublicKeyOptions,
  KmsKeyOptions,
  KmsListSigningAlgorithmsOptions,
  KmsSignBytesOptions,
  KmsSignDataOptions,
  KmsSigningOptions,
  KmsVerifyBytesOptions,
  KmsVerifyDataOptions,
  ListKmsKeysOptions,
  UpdateKmsKeyOptions,
} from "./options.ts";
export type { KmsSignDataResponse, KmsSigningApi, KmsVerifyDataResponse } from "./signing-api.ts";
