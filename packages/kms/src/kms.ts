import { definePlugin, type Plugin } from "@infisical/core";
import { createKmsEncryptionApi, type KmsEncryptionApi } from "./encryption-api.ts";
import { createKmsKeysApi, type KmsKeysApi } from "./keys-api.ts";
import { createKmsSigningApi, type KmsSigningApi } from "./signing-api.ts";

/** The key management service. Each method gives the same object at every call. */
export interface KmsApi {
  /** Gives the methods that manage keys. */
  keys(): KmsKeysApi;
  /** Gives the methods that encrypt and decrypt. */
  encryption(): KmsEncryptionApi;
  /** Gives the methods that sign and verify. */
  signing(): KmsSigningApi;
}

/** The plugin that adds `client.kms()`. */
export type KmsPlugin = Plugin<"kms", KmsApi>;

/**
 * Adds `client.kms()`: keys, encryption and signing.
 *
 * @returns A plugin for the client's `plugins`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { kms } from "@infisical/kms";
 * const client = createClient({ plugins: [kms()] });
 * const encrypt = (keyId: string, text: string) =>
 *   client.kms().encryption().encryptBytes({ keyId, plaintext: new TextEncoder().encode(text) });
 */
export function kms(): KmsPlugin {
  return definePlugin("kms", ({ http }) => {
    const keys = createKmsKeysApi(http);
    const encryption = createKmsEncryptionApi(http);
    const signing = createKmsSigningApi(http);
    return { keys: () => keys, encryption: () => encryption, signing: () => signing };
  });
}
