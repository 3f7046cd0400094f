import type { HttpClient } from "@infisical/core";
import { attacher } from "./attach.ts";
import { checkNames } from "./checks/check-secret.ts";
import { listIfChanged } from "./list-if-changed.ts";
import { mergeImports } from "./merge-imports.ts";
import type { ListSecretsOptions } from "./options/read-options.ts";
import { pickSecrets } from "./pick-secrets.ts";
import type { ListSecretsResponse, SecretResponse, SecretsResponse } from "./results.ts";
import type { SecretsApi } from "./secrets-api.ts";
import { createBatchRequest, deleteBatchRequest, updateBatchRequest } from "./wire/batch-requests.ts";
import { getRequest, listRequest } from "./wire/read-requests.ts";
import type { Spelling } from "./wire/spelling.ts";
import { createRequest, deleteRequest, updateRequest } from "./wire/write-requests.ts";

/** Makes the methods that `client.secrets()` returns. */
export function createSecretsApi(http: HttpClient, spelling: Spelling): SecretsApi {
  const list = (options: ListSecretsOptions): Promise<ListSecretsResponse> =>
    http.request(listRequest(spelling, options));

  return {
    async listSecrets(options) {
      const attach = attacher(options.attachToProcessEnv);
      const response = await list(options);
      return attach ? { ...response, skippedNames: attach(response.secrets, response.imports) } : response;
    },
    async listSecretsIfChanged(options, etag) {
      const attach = attacher(options.attachToProcessEnv);
      const response = await listIfChanged(http, listRequest(spelling, options), etag);
      if (!attach || response.notModified) return response;
      return { ...response, skippedNames: attach(response.secrets, response.imports) };
    },
    async listSecretsWithImports(options) {
      const attach = attacher(options.attachToProcessEnv);
      const { secrets, imports } = await list({ ...options, includeImports: true });
      const merged = mergeImports(secrets, imports);
      if (!attach) return merged;
      return Object.defineProperty(merged, "skippedNames", { value: attach(secrets, imports) });
    },
    async getSecret(options) {
      return (await http.request<SecretResponse>(getRequest(spelling, options))).secret;
    },
    async getSecrets({ secretNames, ...options }) {
      checkNames("secretNames", secretNames);
      if (secretNames.length === 0) return { secrets: [], missing: [] };
      const { secrets, imports } = await list(options);
      return pickSecrets(secretNames, mergeImports(secrets, imports));
    },
    async createSecret(secretName, options) {
      return http.request<SecretResponse>(createRequest(spelling, secretName, options));
    },
    async createSecrets(options) {
      return http.request<SecretsResponse>(createBatchRequest(spelling, options));
    },
    async updateSecret(secretName, options) {
      return http.request<SecretResponse>(updateRequest(spelling, secretName, options));
    },
    async updateSecrets(options) {
      return http.request<SecretsResponse>(updateBatchRequest(spelling, options));
    },
    async deleteSecret(secretName, options) {
      return http.request<SecretResponse>(deleteRequest(spelling, secretName, options));
    },
    async deleteSecrets(options) {
      return http.request<SecretsResponse>(deleteBatchRequest(spelling, options));
    },
  };
}
