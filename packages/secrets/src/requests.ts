import type { HttpRequest, ResponseShape } from "@infisical/core";
import { apiPath, optionError } from "@infisical/core/authoring";
import type { GetSecretOptions, ListSecretsOptions, MetadataFilter, SecretLocation } from "./read-options.ts";

type Query = NonNullable<HttpRequest["query"]>;

/** The methods that write. */
export type WriteMethod = "POST" | "PATCH" | "DELETE";

/** What differs between the versions of the server's routes. */
export interface ApiVersion {
  readonly listPath: string;
  readonly batchPath: string;
  secretPath(secretName: string): string;
  /** The version with which to write one secret: another one, or an error, for a name that this one cannot write. */
  forWrite(method: WriteMethod, secretName: string): ApiVersion;
  /** The field that names the project. */
  project(projectId: string): { readonly [field: string]: string };
  /** The flag that asks for imports. */
  imports(include: boolean): Query;
  /** The flag that makes personal secrets replace shared ones. */
  personalOverrides(include: boolean): Query;
}

/** The v3 routes, which every server has. */
export const v3: ApiVersion = {
  listPath: "/api/v3/secrets/raw",
  batchPath: "/api/v3/secrets/batch/raw",
  secretPath: (secretName) => apiPath`/api/v3/secrets/raw/${{ secretName }}`,
  forWrite: () => v3,
  project: (projectId) => ({ workspaceId: projectId }),
  imports: (include) => ({ include_imports: include }),
  personalOverrides: (include) => {
    if (include)
      throw optionError(
        "includePersonalOverrides",
        'needs secrets({ apiVersion: "v4" }), and a server that has it',
        include,
      );
    return {};
  },
};

/** The v4 routes. */
export const v4: ApiVersion = {
  listPath: "/api/v4/secrets",
  batchPath: "/api/v4/secrets/batch",
  secretPath: (secretName) => apiPath`/api/v4/secrets/${{ secretName }}`,
  forWrite: (method, secretName) => {
    if (!isRouteOfV4(method, secretName)) return v4;
    const rule = "is also a route of v4; write this secret in a batch, or with v3";
    throw optionError("secretName", rule, secretName);
  },
  project: (projectId) => ({ projectId }),
  // The first servers with v4 used the name of v3; each server ignores the other name.
  imports: (include) => ({ includeImports: include, include_imports: include }),
  personalOverrides: (include) => ({ includePersonalOverrides: include }),
};

/** The v4 routes, of a client that can use v3 where v4 cannot write a name. */
export const v4WhereItCan: ApiVersion = {
  ...v4,
  forWrite: (method, secretName) => (isRouteOfV4(method, secretName) ? v3 : v4),
};

function isRouteOfV4(method: WriteMethod, secretName: string): boolean {
  return (method === "POST" ? ["batch", "move", "duplicate"] : ["batch"]).includes(secretName);
}

/** The fields that every server sends and every caller reads, and those optional ones that this package reads. */
export const secretShape: ResponseShape = {
  secretKey: "string",
  secretValue: "string",
  "type?": "string",
  "environment?": "string",
  "secretPath?": "string",
  "secretValueHidden?": "boolean",
  "skipMultilineEncoding?": "boolean",
  "tags?": ["object"],
  "secretMetadata?": ["object"],
};
// Frozen, so that a cache compares them by identity: comparing them field by field costs as much as the rest of a hit.
const oneSecret = deepFreeze<ResponseShape>({ secret: secretShape });
const manySecrets = deepFreeze<ResponseShape>({ secrets: [secretShape] });
const secretList = deepFreeze<ResponseShape>({
  secrets: [secretShape],
  "imports?": [{ secretPath: "string", environment: "string", secrets: [secretShape] }],
});

function deepFreeze<Value extends object>(value: Value): Value {
  for (const each of Object.values(value)) if (typeof each === "object") deepFreeze(each);
  return Object.freeze(value);
}

/** The request for one secret. */
export function getRequest(apiVersion: ApiVersion, options: GetSecretOptions): HttpRequest {
  const { secretName, type, version, signal, timeout } = options;
  return {
    operation: "secrets.getSecret",
    target: { secretName },
    method: "GET",
    path: apiVersion.secretPath(secretName),
    query: readQuery(apiVersion, options, { type, version }),
    signal,
    timeout,
    expect: oneSecret,
  };
}

/** The request for a list. */
export function listRequest(apiVersion: ApiVersion, options: ListSecretsOptions): HttpRequest {
  const { includePersonalOverrides = false, recursive = false, signal, timeout } = options;
  const { tagSlugs = [], tagFilters = [], metadataFilter = [] } = options;
  return {
    operation: "secrets.listSecrets",
    method: "GET",
    path: apiVersion.listPath,
    query: readQuery(apiVersion, options, {
      ...apiVersion.personalOverrides(includePersonalOverrides),
      recursive,
      tagSlugs: joined([...new Set([...tagSlugs, ...tagFilters])], ","),
      metadataFilter: joined(metadataFilter.map(pairText), "|"),
    }),
    signal,
    timeout,
    expect: secretList,
  };
}

/** The request that creates, changes or deletes one secret. */
export function writeRequest(
  apiVersion: ApiVersion,
  method: WriteMethod,
  secretName: string,
  options: SecretLocation,
): HttpRequest {
  const version = apiVersion.forWrite(method, secretName);
  const path = version.secretPath(secretName);
  const operation = `secrets.${verbs[method]}Secret`;
  return {
    ...write(version, options),
    operation,
    target: { secretName },
    method,
    path,
    expect: oneSecret,
  };
}

/** The request that creates, changes or deletes many secrets. */
export function batchRequest(
  apiVersion: ApiVersion,
  method: WriteMethod,
  options: SecretLocation,
): HttpRequest {
  const operation = `secrets.${verbs[method]}Secrets`;
  return {
    ...write(apiVersion, options),
    operation,
    method,
    path: apiVersion.batchPath,
    expect: manySecrets,
  };
}

const verbs: Readonly<Record<WriteMethod, string>> = { POST: "create", PATCH: "update", DELETE: "delete" };

/**
 * The query of a read. Flags are always sent, because servers differ in their defaults.
 *
 * Object.assign instead of spreading: spreads cost more than everything else that a read from a cache does.
 */
function readQuery(
  apiVersion: ApiVersion,
  options: GetSecretOptions | ListSecretsOptions,
  further: Query,
): Query {
  const { projectId, environment, secretPath = "/", includeImports = false } = options;
  const { expandSecretReferences = true, viewSecretValue = true } = options;
  const common = { environment, secretPath, expandSecretReferences, viewSecretValue };
  return Object.assign(
    {},
    apiVersion.project(projectId),
    common,
    apiVersion.imports(includeImports),
    further,
  );
}

/** What all writes send: every option that the caller passed, in the body. */
function write(
  apiVersion: ApiVersion,
  { projectId, secretPath = "/", signal, timeout, ...fields }: SecretLocation,
): Pick<HttpRequest, "body" | "signal" | "timeout"> {
  return { body: { ...apiVersion.project(projectId), secretPath, ...fields }, signal, timeout };
}

function joined(texts: readonly string[], separator: string): string | undefined {
  return texts.length === 0 ? undefined : texts.join(separator);
}

function pairText({ key, value }: MetadataFilter): string {
  return `key=${key},value=${value}`;
}
