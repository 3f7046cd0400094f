import { type ApiResponse, definePlugin, type HttpClient, type Plugin } from "@infisical/core";
import {
  fieldsOf,
  oneOf,
  optionError,
  own,
  parseCallArguments,
  parseCallOptions,
} from "@infisical/core/authoring";
import { newestRoutes, type Routes } from "./api-version.ts";
import {
  createManyRules,
  createRules,
  deleteManyRules,
  deleteRules,
  getManyRules,
  getRules,
  getValuesRules,
  listRules,
  newName,
  updateManyRules,
  updateRules,
} from "./call-options.ts";
import { attach, attachable } from "./environment.ts";
import { assertFolder, assertListed, explainFailure } from "./missing-folder.ts";
import { moveRules, moveSecrets } from "./move.ts";
import type { AttachOptions, GetSecretsOptions, ListSecretsOptions, SecretLocation } from "./read-options.ts";
import { batchRequest, getRequest, listRequest, v3, v4, type WriteMethod, writeRequest } from "./requests.ts";
import type { GetSecretsResponse, ListSecretsResponse, SecretResponse, SecretsResponse } from "./results.ts";
import { mergedOriginals, mergeImports, pickSecrets } from "./results.ts";
import type { ImportedSecret, Secret } from "./secret.ts";
import type { SecretsApi } from "./secrets-api.ts";
import { assertComplete } from "./strict.ts";
import { valuesOf } from "./values.ts";
import { versionsRequest, versionsRules } from "./versions.ts";

/** The plugin that adds `client.secrets()`. */
export type SecretsPlugin = Plugin<"secrets", SecretsApi>;

/** Returns those secrets of a list response that the call's result contains. */
type Select = (response: ListSecretsResponse) => readonly (Secret | ImportedSecret)[];

/** How the secrets plugin talks to the server. */
export interface SecretsOptions {
  /**
   * Which version of the server's routes to use; the calls and their results are the same.
   *
   * `"v3"` works with every server. `"v4"` needs a server of late 2025 or newer. `"auto"` uses v4 if the server has it:
   * the first response decides that for the whole life of the client.
   *
   * @defaultValue "v3"
   */
  readonly apiVersion?: "v3" | "v4" | "auto" | undefined;
}

const parseOptions = fieldsOf({ "apiVersion?": oneOf("v3", "v4", "auto") });

/**
 * Adds `client.secrets()`: list, get, create, update and delete, one by one and in batches, and move.
 *
 * @param options - Which version of the server's routes to use.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { secrets } from "@infisical/secrets";
 * const client = createClient({ plugins: [secrets()] });
 * const list = () => client.secrets().listSecrets({ projectId: "id", environment: "dev" });
 */
export function secrets(options: SecretsOptions = {}): SecretsPlugin {
  const { apiVersion = "v3" } = parseOptions("", options) as SecretsOptions;
  return definePlugin("secrets", ({ http }) => {
    if (apiVersion === "auto") return createSecretsApi(http, newestRoutes(http));
    const version = { v3, v4 }[apiVersion];
    const ask: Routes["ask"] = (request) => http.request(request(version));
    return createSecretsApi(http, { ask, usesV4: () => version === v4 });
  });
}

function createSecretsApi(http: HttpClient, { ask, usesV4 }: Routes): SecretsApi {
  const request = <Result>(options: ListSecretsOptions, conditional: object = {}): Promise<Result> =>
    ask<Result>((version) => ({ ...listRequest(version, options), ...conditional })).catch((error) =>
      explainFailure(http, options, error),
    );
  const finish = async (
    options: ListSecretsOptions,
    body: ListSecretsResponse,
    select: Select = allSecrets,
  ): Promise<ListSecretsResponse> => {
    const { imports, ...others } = body;
    const response = imports === null ? others : body;
    const attachTo = options.attachToProcessEnv as AttachOptions | undefined;
    if (options.strict) {
      const wanted = attachTo?.only ? attachable(attachTo, response) : select(response);
      await assertComplete(http, ask, options, response, wanted);
    } else if (!usesV4()) await assertListed(http, options, body);
    return attachTo ? { ...response, ...attach(attachTo, response) } : response;
  };
  const list = async (options: ListSecretsOptions, select?: Select): Promise<ListSecretsResponse> =>
    finish(options, await request(options), select);
  const getMany = async ({ secretNames, ...others }: GetSecretsOptions): Promise<GetSecretsResponse> => {
    const location = own(others);
    if (secretNames.length === 0) {
      if (location.strict) await assertFolder(http, location);
      return { secrets: [], missing: [] };
    }
    const { secrets, imports } = await list(
      location,
      (response) => pickSecrets(secretNames, mergedOriginals(response.secrets, response.imports)).secrets,
    );
    return pickSecrets(secretNames, mergeImports(secrets, imports));
  };
  const write = (method: WriteMethod, name: string, options: SecretLocation): Promise<SecretResponse> =>
    ask((version) => writeRequest(version, method, name, options));
  const writeMany = (method: WriteMethod, options: SecretLocation): Promise<SecretsResponse> =>
    ask((version) => batchRequest(version, method, options));

  return {
    async listSecrets(options) {
      return list(parseCallOptions(options, listRules));
    },
    async listSecretsIfChanged(options, etag) {
      const parsed = parseCallOptions(options, listRules);
      const headers = etag === undefined ? undefined : { "if-none-match": checkedEtag(etag) };
      const conditional = { headers, fullResponse: true };
      const response = await request<ApiResponse<ListSecretsResponse>>(parsed, conditional);
      const current = response.headers["etag"];
      if (etag !== undefined && response.status === 304) return { notModified: true, etag: current ?? etag };
      return { ...(await finish(parsed, response.body)), notModified: false, etag: current };
    },
    async listSecretsWithImports(options) {
      const parsed = parseCallOptions(options, listRules);
      const { secrets, imports, attached, skippedNames } = await list(
        own({ ...parsed, includeImports: true }),
        (response) => mergedOriginals(response.secrets, response.imports),
      );
      const merged = mergeImports(secrets, imports);
      if (!attached) return merged;
      return Object.defineProperties(merged, {
        attached: { value: attached },
        skippedNames: { value: skippedNames },
      });
    },
    async getSecret(options) {
      const parsed = parseCallOptions(options, getRules);
      return (await ask<SecretResponse>((version) => getRequest(version, parsed))).secret;
    },
    async getSecrets(options) {
      return getMany(parseCallOptions(options, getManyRules));
    },
    async getValues(options) {
      const { strict = true, ...others } = parseCallOptions(options, getValuesRules);
      const parsed = own({ ...others, strict });
      return valuesOf(parsed, await getMany(parsed)) as never;
    },
    async createSecret(secretName, options) {
      const given = { call: "createSecret", name: "secretName", value: secretName, rule: newName, options };
      return write("POST", ...parseCallArguments(given, createRules));
    },
    async createSecrets(options) {
      return writeMany("POST", parseCallOptions(options, createManyRules));
    },
    async updateSecret(secretName, options) {
      const given = { call: "updateSecret", name: "secretName", value: secretName, options };
      return write("PATCH", ...parseCallArguments(given, updateRules));
    },
    async updateSecrets(options) {
      const parsed = parseCallOptions(options, updateManyRules);
      const { mode = "failOnNotFound" } = parsed;
      return writeMany("PATCH", Object.assign(parsed, { mode }));
    },
    async deleteSecret(secretName, options) {
      const given = { call: "deleteSecret", name: "secretName", value: secretName, options };
      return write("DELETE", ...parseCallArguments(given, deleteRules));
    },
    async deleteSecrets(options) {
      return writeMany("DELETE", parseCallOptions(options, deleteManyRules));
    },
    async move(options) {
      return moveSecrets(http, parseCallOptions(options, moveRules));
    },
    async listSecretVersions(options) {
      return http.request(versionsRequest(parseCallOptions(options, versionsRules)));
    },
  };
}

function allSecrets({ secrets, imports = [] }: ListSecretsResponse): readonly (Secret | ImportedSecret)[] {
  return [...secrets, ...imports.flatMap((entry) => entry.secrets)];
}

function checkedEtag(etag: unknown): string {
  if (typeof etag === "string" && /^[\x21-\x7e]+$/.test(etag)) return etag;
  throw optionError("etag", "must be the etag of an earlier response, or undefined", etag);
}
