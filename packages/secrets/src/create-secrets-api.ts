import type { HttpClient } from "@infisical/core";
import { attacher } from "./attach.ts";
import { checkNames } from "./checks/check-secret.ts";
import { listIfModified } from "./list-if-modified.ts";
import { mergeImports } from "./merge-imports.ts";
import type { ConditionalListSecretsOptions, ListSecretsOptions } from "./options/read-options.ts";
import { pickSecrets } from "./pick-secrets.ts";
import type {
  ConditionalListSecretsResponse,
  ListSecretsResponse,
  SecretResponse,
  SecretsResponse,
} from "./results.ts";
import type { SecretsApi } from "./secrets-api.ts";
import { createBatchRequest, deleteBatchRequest, updateBatchRequest } from "./wire/batch-requests.ts";
import { getRequest, listRequest } from "./wire/read-requests.ts";
import type { Spelling } from "./wire/spelling.ts";
import { createRequest, deleteRequest, updateRequest } from "./wire/write-requests.ts";

/** Makes the methods that `client.secrets()` gives. */
export function createSecretsApi(http: HttpClient, spelling: Spelling): SecretsApi {
  const list = (options: ListSecretsOptions): Promise<ListSecretsResponse> =>
    http.request(listRequest(spelling, options));

  async function listSecrets(options: ConditionalListSecretsOptions): Promise<ConditionalListSecretsResponse>;
  async function listSecrets(options: ListSecretsOptions): Promise<ListSecretsResponse>;
  async function listSecrets(
    options: ListSecretsOptions,
  ): Promise<ListSecretsResponse | ConditionalListSecretsResponse> {
    const attach = attacher(options.attachToProcessEnv);
    const reply =
      "ifNoneMatch" in options
        ? await listIfModified(http, listRequest(spelling, options), options.ifNoneMatch)
        : await list(options);
    if (!attach || !("secrets" in reply)) return reply;
    return { ...reply, skippedNames: attach(reply.secrets, reply.imports) };
  }

  return {
    listSecrets,
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
