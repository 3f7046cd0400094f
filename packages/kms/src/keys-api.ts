import type { HttpClient } from "@infisical/core";
import type {
  CreateKmsKeyOptions,
  DeleteKmsKeyOptions,
  GetKmsKeyByNameOptions,
  GetKmsKeyOptions,
  ListKmsKeysOptions,
  UpdateKmsKeyOptions,
} from "./key-options.ts";
import type { KmsKey } from "./kms-key.ts";
import { wire } from "./wire.ts";

/** One page of a project's keys. */
export interface ListKmsKeysResponse {
  /** The keys of this page. */
  readonly keys: KmsKey[];
  /** How many keys there are on all pages together. */
  readonly totalCount: number;
}

/**
 * Manages keys.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the key is unknown,
 * `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
 */
export interface KmsKeysApi {
  /**
   * Makes a key. A name that the project has already is `BAD_REQUEST`, from servers of 2024 `SERVER_ERROR`.
   *
   * @param options - Its project, its name, and what kind of key it is to be.
   * @returns The new key.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the name is taken (`SERVER_ERROR` from servers of 2024).
   * `VALIDATION_FAILED`: an option breaks a rule of the server, such as an algorithm that does not fit the usage.
   */
  create(options: CreateKmsKeyOptions): Promise<KmsKey>;
  /**
   * Lists the keys of a project, up to 100 at once.
   *
   * @param options - Which project, which page, in which order.
   * @returns The keys, and how many there are in all.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity may not read keys there.
   */
  list(options: ListKmsKeysOptions): Promise<ListKmsKeysResponse>;
  /**
   * Gets one key by its id. Servers of 2024 lack this call and answer `NOT_FOUND`.
   *
   * @param options - Its id.
   * @returns The key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key.
   */
  get(options: GetKmsKeyOptions): Promise<KmsKey>;
  /**
   * Gets one key by its name. Servers of 2024 lack this call and answer `NOT_FOUND`.
   *
   * @param options - Its project and its name.
   * @returns The key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key.
   */
  getByName(options: GetKmsKeyByNameOptions): Promise<KmsKey>;
  /**
   * Renames, describes, disables or enables a key.
   *
   * @param options - Its id, and what is to change.
   * @returns The key as it is now.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key.
   */
  update(options: UpdateKmsKeyOptions): Promise<KmsKey>;
  /**
   * Deletes a key for good. What it encrypted cannot be decrypted any more.
   *
   * @param options - Its id.
   * @returns The key as it was.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such key.
   */
  delete(options: DeleteKmsKeyOptions): Promise<KmsKey>;
}

/** Makes the methods that `client.kms().keys()` gives. */
export function createKmsKeysApi(http: HttpClient): KmsKeysApi {
  const keyOf = async (request: Promise<{ readonly key: KmsKey }>): Promise<KmsKey> => (await request).key;
  return {
    create: async (options) => keyOf(http.request(wire.createKey(options))),
    list: async (options) => http.request(wire.listKeys(options)),
    get: async (options) => keyOf(http.request(wire.getKey(options))),
    getByName: async (options) => keyOf(http.request(wire.getKeyByName(options))),
    update: async (options) => keyOf(http.request(wire.updateKey(options))),
    delete: async (options) => keyOf(http.request(wire.deleteKey(options))),
  };
}
