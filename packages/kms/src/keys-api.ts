import type { HttpClient, HttpRequest } from "@infisical/core";
import { apiPath, parseCallOptions } from "@infisical/core/authoring";
import {
  type CreateKmsKeyOptions,
  type DeleteKmsKeyOptions,
  type GetKmsKeyByNameOptions,
  type GetKmsKeyOptions,
  type KmsKeyOptions,
  keyRules,
  type ListKmsKeysOptions,
  optionRules,
  type UpdateKmsKeyOptions,
} from "./key-options.ts";
import { type KmsKey, kmsKeyShape } from "./kms-key.ts";

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
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` where the key is unknown, `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
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

/** Makes the methods that `client.kms().keys()` gives. There is one version of the routes; servers of 2024 lack some. */
export function createKmsKeysApi(http: HttpClient): KmsKeysApi {
  const path = "/api/v1/kms/keys";
  const send = async (request: HttpRequest): Promise<KmsKey> => {
    const expect = { key: kmsKeyShape };
    return (await http.request<{ key: KmsKey }>({ ...request, expect })).key;
  };
  const keyPath = ({ keyId }: KmsKeyOptions): string => apiPath`/api/v1/kms/keys/${{ keyId }}`;
  return {
    async create(options) {
      const { signal, timeout, ...body } = parseCallOptions(options, optionRules.create);
      return send({ method: "POST", path, body, signal, timeout });
    },
    async list(options) {
      const { signal, timeout, ...query } = parseCallOptions(options, optionRules.list);
      const expect = { keys: [kmsKeyShape], totalCount: "number" } as const;
      return http.request({ method: "GET", path, query, signal, timeout, expect });
    },
    async get(options) {
      const parsed = parseCallOptions(options, keyRules);
      const { signal, timeout } = parsed;
      return send({ method: "GET", path: keyPath(parsed), signal, timeout });
    },
    async getByName(options) {
      const { name, projectId, signal, timeout } = parseCallOptions(options, optionRules.getByName);
      const path = apiPath`/api/v1/kms/keys/key-name/${{ name }}`;
      return send({ method: "GET", path, query: { projectId }, signal, timeout });
    },
    async update(options) {
      const parsed = parseCallOptions(options, optionRules.update);
      const { keyId: _, signal, timeout, ...body } = parsed;
      return send({ method: "PATCH", path: keyPath(parsed), body, signal, timeout });
    },
    async delete(options) {
      const parsed = parseCallOptions(options, keyRules);
      const { signal, timeout } = parsed;
      return send({ method: "DELETE", path: keyPath(parsed), signal, timeout });
    },
  };
}
