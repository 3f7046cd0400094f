import { definePlugin, type Plugin } from "@infisical/core";
import { fieldsOf } from "@infisical/core/authoring";
import { createKmsEncryptionApi, type KmsEncryptionApi } from "./encryption.ts";
import { createKmsKeysApi, type KmsKeysApi } from "./keys.ts";
import { createKmsSigningApi, type KmsSigningApi } from "./signing.ts";

export type {
  KmsDecryptBytesOptions,
  KmsDecryptDataOptions,
  KmsEncryptBytesOptions,
  KmsEncryptDataOptions,
  KmsEncryptionApi,
} from "./encryption.ts";
export {
  type CreateKmsKeyOptions,
  type DeleteKmsKeyOptions,
  EncryptionAlgorithm,
  type GetKmsKeyByNameOptions,
  type GetKmsKeyOptions,
  KeyUsage,
  type KmsKey,
  type KmsKeyOptions,
  type ListKmsKeysOptions,
  type UpdateKmsKeyOptions,
} from "./key.ts";
export type { KmsKeysApi, ListKmsKeysResponse } from "./keys.ts";
export {
  type KmsGetPublicKeyOptions,
  type KmsListSigningAlgorithmsOptions,
  type KmsSignBytesOptions,
  type KmsSignDataOptions,
  type KmsSignDataResponse,
  type KmsSigningApi,
  type KmsSigningOptions,
  type KmsVerifyBytesOptions,
  type KmsVerifyDataOptions,
  type KmsVerifyDataResponse,
  SigningAlgorithm,
} from "./signing.ts";

/** The key management service. Each method returns the same object on every call. */
export interface KmsApi {
  /** Returns the methods that manage keys. */
  keys(): KmsKeysApi;
  /** Returns the methods that encrypt and decrypt. */
  encryption(): KmsEncryptionApi;
  /** Returns the methods that sign and verify. */
  signing(): KmsSigningApi;
}

/** The plugin that adds `client.kms()`. */
export type KmsPlugin = Plugin<"kms", KmsApi>;

const assertNoOptions = fieldsOf({});

/**
 * Adds `client.kms()`: keys, encryption and signing.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { kms } from "@infisical/kms";
 * const client = createClient({ plugins: [kms()] });
 * const encrypt = (keyId: string, text: string) =>
 *   client.kms().encryption().encryptBytes({ keyId, plaintext: new TextEncoder().encode(text) });
 */
export function kms(options?: Readonly<Record<string, never>>): KmsPlugin {
  assertNoOptions("", options);
  return definePlugin("kms", ({ http }) => {
    const keys = createKmsKeysApi(http);
    const encryption = createKmsEncryptionApi(http);
    const signing = createKmsSigningApi(http);
    return { keys: () => keys, encryption: () => encryption, signing: () => signing };
  });
}
