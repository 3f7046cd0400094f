import { type ApiResponse, type CallOptions, startTest } from "../support/api.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A route of the secrets API and its label for a folder that does not exist. */
export interface SecretRoute {
  readonly name: string;
  readonly version: "v3" | "v4";
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly kind: "get" | "list" | "create" | "update" | "delete" | "batch";
  readonly path: (key: string) => string;
  readonly body: (key: string) => Fields;
}

const kinds = [
  { kind: "list", method: "GET", body: () => ({}) },
  { kind: "get", method: "GET", body: () => ({}) },
  { kind: "create", method: "POST", body: () => ({ secretValue: "v" }) },
  { kind: "update", method: "PATCH", body: () => ({ secretValue: "v" }) },
  { kind: "delete", method: "DELETE", body: () => ({}) },
  {
    kind: "batch",
    method: "POST",
    body: (secretKey: string) => ({ secrets: [{ secretKey, secretValue: "v" }] }),
  },
  {
    kind: "batch",
    method: "PATCH",
    body: (secretKey: string) => ({ secrets: [{ secretKey, secretValue: "v" }] }),
  },
  { kind: "batch", method: "DELETE", body: (secretKey: string) => ({ secrets: [{ secretKey }] }) },
] as const;

/** Every route for secrets, in both versions. */
export const secretRoutes: readonly SecretRoute[] = (["v3", "v4"] as const).flatMap((version) =>
  kinds.map(({ kind, method, body }) => ({
    name: `${version} ${method} ${kind}`,
    version,
    kind,
    method,
    body,
    path: (key: string) => urlOf(version, kind, key),
  })),
);

function urlOf(version: "v3" | "v4", kind: SecretRoute["kind"], key: string): string {
  const base = version === "v3" ? "/api/v3/secrets/raw" : "/api/v4/secrets";
  if (kind === "batch") return version === "v3" ? "/api/v3/secrets/batch/raw" : `${base}/batch`;
  return kind === "list" ? base : `${base}/${encodeURIComponent(key)}`;
}

export interface Place {
  readonly projectId: string;
  readonly environment?: string | undefined;
  readonly secretPath?: string | undefined;
}

/** Calls a route with the fields where its version has them. */
export async function callRoute(
  { api, route }: { readonly api: Api; readonly route: SecretRoute },
  key: string,
  { projectId, environment = "dev", secretPath }: Place,
  options: CallOptions = {},
): Promise<ApiResponse> {
  const project = route.version === "v3" ? { workspaceId: projectId } : { projectId };
  const place = { ...project, environment, ...(secretPath !== undefined && { secretPath }) };
  const sent = route.method === "GET" ? { query: place } : { body: { ...place, ...route.body(key) } };
  return api(route.method, route.path(key), { ...sent, ...options });
}

export type Api = Awaited<ReturnType<typeof startTest>>["api"];

/** A server with a folder `/app/sub` and one secret `KEY` in it. */
export async function serverWithFolder(): Promise<Awaited<ReturnType<typeof startTest>>> {
  const test = await startTest();
  test.server.secrets.set({ environment: "dev", path: "/app/sub", key: "KEY", value: "v" });
  return test;
}

/** The keys of an object, in order. */
export function keysOf(value: object): string[] {
  return Object.keys(value).sort();
}
