import type { ApiResponse, HttpClient, HttpRequest } from "@infisical/core";
import { optionError, own, parseCallOptions, requireText } from "@infisical/core/authoring";
import { attach } from "./attach.ts";
import {
  createManyRules,
  createRules,
  deleteManyRules,
  deleteRules,
  getManyRules,
  getRules,
  listRules,
  newName,
  updateManyRules,
  updateRules,
} from "./call-options.ts";
import { mergeImports, pickSecrets } from "./merge-imports.ts";
import type { AttachOptions, ListSecretsOptions } from "./options/read-options.ts";
import type { ListSecretsResponse, SecretResponse, SecretsResponse } from "./results.ts";
import type { SecretsApi } from "./secrets-api.ts";
import { assertComplete, requestStrictly } from "./strict.ts";
import { getRequest, listRequest } from "./wire/read-requests.ts";
import type { Spelling, WriteMethod } from "./wire/spelling.ts";
import { batchRequest, writeRequest } from "./wire/write-requests.ts";

/** Makes the methods that `client.secrets()` returns. */
export function createSecretsApi(http: HttpClient, spelling: Spelling): SecretsApi {
  const send = <Result>(request: HttpRequest, options: ListSecretsOptions): Promise<Result> =>
    options.strict ? requestStrictly(http, request, options) : http.request<Result>(request);
  const finish = async (
    options: ListSecretsOptions,
    body: ListSecretsResponse,
    names?: readonly string[],
  ): Promise<ListSecretsResponse> => {
    const { imports, ...others } = body;
    const response = imports === null ? others : body;
    if (options.strict) await assertComplete(http, spelling, options, response, names);
    const attachTo = options.attachToProcessEnv as AttachOptions | undefined;
    return attachTo ? { ...response, ...attach(attachTo, response) } : response;
  };
  const list = async (options: ListSecretsOptions, names?: readonly string[]): Promise<ListSecretsResponse> =>
    finish(options, await send(listRequest(spelling, options), options), names);
  const write = (method: WriteMethod, name: string, options: object): Promise<SecretResponse> =>
    http.request(writeRequest(spelling, method, name, options as never));
  const writeMany = (method: WriteMethod, options: object): Promise<SecretsResponse> =>
    http.request(batchRequest(spelling, method, options as never));

  return {
    async listSecrets(options) {
      return list(parseCallOptions(options, listRules));
    },
    async listSecretsIfChanged(options, etag) {
      const parsed = parseCallOptions(options, listRules);
      const headers = etag === undefined ? undefined : { "if-none-match": checkedEtag(etag) };
      const request: HttpRequest = { ...listRequest(spelling, parsed), headers, fullResponse: true };
      const {
        status,
        headers: received,
        body,
      } = await send<ApiResponse<ListSecretsResponse>>(request, parsed);
      const current = received["etag"];
      if (etag !== undefined && status === 304) return { notModified: true, etag: current ?? etag };
      return { ...(await finish(parsed, body)), notModified: false, etag: current };
    },
    async listSecretsWithImports(options) {
      const parsed = parseCallOptions(options, listRules);
      const { secrets, imports, attached, skippedNames } = await list(
        own({ ...parsed, includeImports: true }),
      );
      const merged = mergeImports(secrets, imports);
      if (!attached) return merged;
      return Object.defineProperties(merged, {
        attached: { value: attached },
        skippedNames: { value: skippedNames },
      });
    },
    async getSecret(options) {
      const request = getRequest(spelling, parseCallOptions(options, getRules));
      return (await http.request<SecretResponse>(request)).secret;
    },
    async getSecrets(options) {
      const { secretNames, ...others } = parseCallOptions(options, getManyRules);
      if (secretNames.length === 0) return { secrets: [], missing: [] };
      const { secrets, imports } = await list(own(others), secretNames);
      return pickSecrets(secretNames, mergeImports(secrets, imports));
    },
    async createSecret(secretName, options) {
      return write("POST", newName("secretName", secretName), parseCallOptions(options, createRules));
    },
    async createSecrets(options) {
      return writeMany("POST", parseCallOptions(options, createManyRules));
    },
    async updateSecret(secretName, options) {
      return write("PATCH", requireText("secretName", secretName), parseCallOptions(options, updateRules));
    },
    async updateSecrets(options) {
      return writeMany("PATCH", { mode: "failOnNotFound", ...parseCallOptions(options, updateManyRules) });
    },
    async deleteSecret(secretName, options) {
      return write("DELETE", requireText("secretName", secretName), parseCallOptions(options, deleteRules));
    },
    async deleteSecrets(options) {
      return writeMany("DELETE", parseCallOptions(options, deleteManyRules));
    },
  };
}

function checkedEtag(etag: unknown): string {
  if (typeof etag === "string" && /^[\x21-\x7e]+$/.test(etag)) return etag;
  throw optionError("etag", "must be the etag of an earlier response, or undefined", etag);
}
