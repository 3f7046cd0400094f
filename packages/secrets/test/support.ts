import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import {
  createTestServer,
  type ProjectSeed,
  type TestServer,
  type TestServerOptions,
} from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { type SecretsApi, type SecretsOptions, secrets } from "../src/index.ts";

export type ApiVersion = NonNullable<SecretsOptions["apiVersion"]>;

/** Both versions of the API, and where their routes are. */
export const versions = [
  { apiVersion: "v3", path: "/api/v3/secrets/raw", batchPath: "/api/v3/secrets/batch/raw" },
  { apiVersion: "v4", path: "/api/v4/secrets", batchPath: "/api/v4/secrets/batch" },
] as const;

/** A server on a socket with one project, and the secrets of a client that has logged in. */
export async function start(
  project: Partial<ProjectSeed> = {},
  apiVersion: ApiVersion = "v3",
  options: TestServerOptions = {},
): Promise<{
  server: TestServer;
  api: SecretsApi;
  /** Begins anew: the server is as at first, and another client has logged in. */
  reset: () => SecretsApi;
  place: { projectId: string; environment: string };
}> {
  const environments = ["dev", "staging", "prod"].map((slug) => ({ name: slug, slug }));
  const server = createTestServer({
    ...options,
    projects: [{ name: "Shop", slug: "shop", environments, ...project }],
    identities: [
      { name: "admin", organizationRole: "admin", projectRoles: { shop: "admin" }, universalAuth: {} },
    ],
  });
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret });
  const connect = () => createClient({ siteUrl, auth, plugins: [secrets({ apiVersion })] }).secrets();
  const reset = () => {
    server.reset();
    return connect();
  };
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
  return { server, api: connect(), reset, place };
}

/** The last request as it was sent, without headers. */
export function lastRequest(server: TestServer) {
  const { method, path, query, body } = server.requests.at(-1) ?? {};
  return { method, path, query, body };
}

/** How many requests there were beside logins. */
export function countRequests(server: TestServer): number {
  return server.requests.filter(({ path }) => !path.startsWith("/api/v1/auth/")).length;
}

/** The values of secrets by their names. */
export function pairs(secrets: readonly { readonly secretKey: string; readonly secretValue: string }[]) {
  return Object.fromEntries(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
}
