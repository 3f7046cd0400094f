import type { TestServer, TestServerOptions } from "@infisical/test-server";
import type { TestLocation } from "#test-kit";
import type { Client } from "../src/index.ts";

export const listPath = "/api/v3/secrets/raw";
export const loginPath = "/api/v1/auth/universal-auth/login";
export const renewPath = "/api/v1/auth/token/renew";

/** A call that reads. */
export function list(client: Client, location: TestLocation, signal?: AbortSignal): Promise<unknown> {
  const { projectId: workspaceId, environment } = location;
  return client.request({ method: "GET", path: listPath, query: { workspaceId, environment }, signal });
}

/** A call that writes. */
export function create(client: Client, location: TestLocation, name: string): Promise<unknown> {
  const { projectId: workspaceId, environment } = location;
  const body = { workspaceId, environment, secretPath: "/", secretValue: "a-value" };
  return client.request({ method: "POST", path: `${listPath}/${name}`, body });
}

/** How often a server received a method and a path. */
export function count(server: TestServer, method: string, path: string): number {
  return server.requests.filter((request) => request.method === method && request.path === path).length;
}

/** A server with a frozen clock and one identity, whose tokens are valid for this number of seconds. */
export function tokensLasting(accessTokenTTL: number, accessTokenMaxTTL: number): TestServerOptions {
  return {
    clock: { frozen: true },
    identities: [
      {
        name: "admin",
        organizationRole: "admin",
        projectRoles: { "example-project": "admin" },
        universalAuth: { accessTokenTTL, accessTokenMaxTTL, lockout: false },
      },
    ],
  };
}
