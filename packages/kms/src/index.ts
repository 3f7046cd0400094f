export { EncryptionAlgorithm, KeyUsage, SigningAlgorithm } from "./algorithms.ts";
export type { KmsEncryptionApi } from "./encryption-api.ts";
export type {
  KmsDecryptBytesOptions,
  KmsDecryptDataOptions,
  KmsEncryptBytesOptions,
  KmsEncryptDataOptions,
} from "./encryption-options.ts";
export type {
  CreateKmsKeyOptions,
  DeleteKmsKeyOptions,
  GetKmsKeyByNameOptions,
  GetKmsKeyOptions,
  KmsKeyOptions,
  ListKmsKeysOptions,
  UpdateKmsKeyOptions,
} from "./key-options.ts";
export type { KmsKeysApi, ListKmsKeysResponse } from "./keys-api.ts";
export { type KmsApi, type KmsPlugin, kms } from "./kms.ts";
export type { KmsKey } from "./kms-key.ts";
export type { KmsSignDataResponse, KmsSigningApi, KmsVerifyDataResponse } from "./signing-api.ts";
export type {
  KmsGetPublicKeyOptions,
  KmsListSigningAlgorithmsOptions,
  KmsSignBytesOptions,
  KmsSignDataOptions,
  KmsSigningOptions,
  KmsVerifyBytesOptions,
  KmsVerifyDataOptions,
} from "./signing-options.ts";
