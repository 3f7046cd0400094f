import type { Recording } from "#test-kit";
import type { SecretsApi } from "../src/index.ts";

const base = "/api/v3/secrets/raw";
const batch = "/api/v3/secrets/batch/raw";

/** The outcome of a recorded request that was made with the SDK. */
export interface RecordedCall {
  /** Makes the same request, and returns the whole response as the server sends it. */
  run(api: SecretsApi): Promise<unknown>;
  /** The expected request: the recorded one, with the defaults that the SDK always sends. */
  readonly request: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The SDK's call for a recorded request; `undefined` if the SDK cannot express it. */
export function recordedCall({ request }: Recording): RecordedCall | undefined {
  const { method, path, query = {}, body = {} } = request;
  const [, name] = /^\/api\/v3\/secrets\/raw\/([^/]+)$/.exec(path) ?? [];
  if (Object.values(query).some(Array.isArray) || typeof body !== "object") return undefined;
  if (method === "GET") return path === base || name ? reading(path, name, query) : undefined;
  return path === batch || name ? writing(method, path, name, body as Fields) : undefined;
}

const flags: Fields = {
  secretPath: "/",
  expandSecretReferences: "true",
  viewSecretValue: "true",
  include_imports: "false",
};

function reading(path: string, name: string | undefined, query: Fields): RecordedCall | undefined {
  const { workspaceId, environment, secretPath, tagSlugs, type, version, ...booleans } = query;
  const values = Object.values(booleans);
  const known = Object.keys(booleans).every((key) => key in flags || key === "recursive");
  if (!known || !values.every((value) => value === "true" || value === "false")) return undefined;
  const { include_imports: includeImports, ...others } = asBooleans(booleans);
  const options = {
    ...{ projectId: workspaceId, environment, secretPath, type, version, includeImports },
    ...(typeof tagSlugs === "string" && { tagSlugs: tagSlugs.split(",") }),
    ...others,
  } as never;
  const secretName = name === undefined ? undefined : decodeURIComponent(name);
  return {
    run: async (api) =>
      secretName === undefined
        ? api.listSecrets(options)
        : { secret: await api.getSecret({ ...(options as object), secretName } as never) },
    request: {
      method: "GET",
      path,
      query: {
        ...flags,
        ...(name === undefined && { recursive: "false" }),
        ...query,
        ...(version !== undefined && { version: String(version) }),
      },
      body: undefined,
    },
  };
}

function asBooleans(values: Fields): Record<string, boolean> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === "true"]));
}

function writing(
  method: string,
  path: string,
  name: string | undefined,
  body: Fields,
): RecordedCall | undefined {
  const { workspaceId, ...fields } = body;
  if ("workspaceSlug" in fields || "projectSlug" in fields) return undefined;
  const options = { projectId: workspaceId, ...fields } as never;
  const call = (name === undefined ? batchCalls : secretCalls)[method];
  if (!call) return undefined;
  const defaults = {
    secretPath: "/",
    ...(path === batch && method === "PATCH" && { mode: "failOnNotFound" }),
  };
  return {
    run: async (api) => call(api, options, decodeURIComponent(name ?? "")),
    request: { method, path, query: {}, body: { ...defaults, ...body } },
  };
}

type Call = (api: SecretsApi, options: never, name: string) => Promise<unknown>;

const secretCalls: Readonly<Record<string, Call>> = {
  POST: (api, options, name) => api.createSecret(name, options),
  PATCH: (api, options, name) => api.updateSecret(name, options),
  DELETE: (api, options, name) => api.deleteSecret(name, options),
};

const batchCalls: Readonly<Record<string, Call>> = {
  POST: (api, options) => api.createSecrets(options),
  PATCH: (api, options) => api.updateSecrets(options),
  DELETE: (api, options) => api.deleteSecrets(options),
};
