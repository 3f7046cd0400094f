import type { HttpClient, HttpRequest, ResponseShape } from "@infisical/core";
import {
  apiPath,
  integerFrom,
  type OptionRules,
  oneOf,
  parseCallOptions,
  requireFlag,
  requireString,
  requireText,
} from "@infisical/core/authoring";
import {
  type CreateKmsKeyOptions,
  type DeleteKmsKeyOptions,
  type GetKmsKeyByNameOptions,
  type GetKmsKeyOptions,
  type KmsKey,
  type KmsKeyOptions,
  keyRules,
  type ListKmsKeysOptions,
  type UpdateKmsKeyOptions,
} from "./key.ts";

/** One page of a project's keys. */
export interface ListKmsKeysResponse {
  /** The keys of this page. */
  readonly keys: KmsKey[];
  /** The number of keys on all pages. */
  readonly totalCount: number;
}

/**
 * Manages keys.
 *
 * An option that breaks a rule is `INVALID_OPTION`, and nothing is sent. Otherwise every method rejects with an
 * `InfisicalSDKRequestError`: `NOT_FOUND` if the key is unknown, `FORBIDDEN` if the identity is not allowed to do
 * this. For the other codes see `docs/errors.md`.
 */
export interface KmsKeysApi {
  /**
   * Creates a key.
   *
   * @param options - Its project, name, usage and algorithm.
   * @returns The new key.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the name is taken (`SERVER_ERROR` from older servers).
   * `VALIDATION_FAILED`: an option breaks a rule of the server, for example an algorithm that does not fit the usage.
   */
  create(options: CreateKmsKeyOptions): Promise<KmsKey>;
  /**
   * Lists the keys of a project, up to 100 per page.
   *
   * @param options - Which project, which page, and the order.
   * @returns The keys, and their total number.
   * @throws {InfisicalSDKRequestError} `FORBIDDEN`: the identity is not allowed to read keys there.
   */
  list(options: ListKmsKeysOptions): Promise<ListKmsKeysResponse>;
  /**
   * Gets one key by its id. Older servers do not have this call: it ends with `GATEWAY_ERROR`.
   *
   * @param options - Its id.
   * @returns The key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist.
   */
  get(options: GetKmsKeyOptions): Promise<KmsKey>;
  /**
   * Gets one key by its name. Older servers do not have this call: it ends with `GATEWAY_ERROR`.
   *
   * @param options - Its project and its name.
   * @returns The key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist.
   */
  getByName(options: GetKmsKeyByNameOptions): Promise<KmsKey>;
  /**
   * Changes the name or the description of a key, disables or enables it.
   *
   * @param options - Its id, and the changes.
   * @returns The changed key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist.
   */
  update(options: UpdateKmsKeyOptions): Promise<KmsKey>;
  /**
   * Deletes a key permanently. Its ciphertexts can never be decrypted again.
   *
   * @param options - Its id.
   * @returns The deleted key.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the key does not exist.
   */
  delete(options: DeleteKmsKeyOptions): Promise<KmsKey>;
}

const kmsKeyShape: ResponseShape = {
  id: "string",
  name: "string",
  "description?": "string",
  "isDisabled?": "boolean",
  "orgId?": "string",
  "projectId?": "string",
  "keyUsage?": "string",
  "version?": "number",
  "encryptionAlgorithm?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};

/** The options' rules, by call. Usages and algorithms are up to the server: newer ones have more. */
const optionRules = {
  create: {
    projectId: requireText,
    name: requireText,
    "description?": requireString,
    "keyUsage?": requireText,
    "encryptionAlgorithm?": requireText,
  },
  list: {
    projectId: requireText,
    "offset?": integerFrom(0),
    "limit?": integerFrom(1),
    "orderBy?": requireText,
    "orderDirection?": oneOf("asc", "desc"),
    "search?": requireString,
  },
  getByName: { projectId: requireText, name: requireText },
  update: { ...keyRules, "name?": requireText, "isDisabled?": requireFlag, "description?": requireString },
} satisfies Record<string, OptionRules>;

/** Creates the methods of `client.kms().keys()`. */
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
      return send({ operation: "kms.keys.create", method: "POST", path, body, signal, timeout });
    },
    async list(options) {
      const { signal, timeout, ...query } = parseCallOptions(options, optionRules.list);
      const expect = { keys: [kmsKeyShape], totalCount: "number" } as const;
      return http.request({
        operation: "kms.keys.list",
        method: "GET",
        path,
        query,
        signal,
        timeout,
        expect,
      });
    },
    async get(options) {
      const parsed = parseCallOptions(options, keyRules);
      const { signal, timeout } = parsed;
      return send({ operation: "kms.keys.get", method: "GET", path: keyPath(parsed), signal, timeout });
    },
    async getByName(options) {
      const { name, projectId, signal, timeout } = parseCallOptions(options, optionRules.getByName);
      const path = apiPath`/api/v1/kms/keys/key-name/${{ name }}`;
      return send({
        operation: "kms.keys.getByName",
        target: { name },
        method: "GET",
        path,
        query: { projectId },
        signal,
        timeout,
      });
    },
    async update(options) {
      const parsed = parseCallOptions(options, optionRules.update);
      const { keyId: _, signal, timeout, ...body } = parsed;
      return send({
        operation: "kms.keys.update",
        method: "PATCH",
        path: keyPath(parsed),
        body,
        signal,
        timeout,
      });
    },
    async delete(options) {
      const parsed = parseCallOptions(options, keyRules);
      const { signal, timeout } = parsed;
      return send({ operation: "kms.keys.delete", method: "DELETE", path: keyPath(parsed), signal, timeout });
    },
  };
}
