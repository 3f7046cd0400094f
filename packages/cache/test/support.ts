import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { universalAuth } from "@infisical/auth-universal";
import {
  type AuthStrategy,
  type Client,
  createClient,
  type InfisicalSDKRequestError,
  type Middleware,
} from "@infisical/core";
import { type SecretsPlugin, secrets } from "@infisical/secrets";
import { createTestServer, type TestServer } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { type CacheOptions, cache } from "../src/index.ts";

/** In seconds. */
export const tokenLifetime = 10_000_000;

export const raw = "/api/v3/secrets/raw";

export type SecretsClient = Client<readonly [SecretsPlugin]>;

interface Setting {
  readonly cache?: Partial<CacheOptions>;
  /** Middleware around the cache. */
  readonly outside?: readonly Middleware[];
  /** Middleware between the cache and the server. */
  readonly inside?: readonly Middleware[];
}

/** A server whose time stands still, with the secret A, and a client that reads through a cache of one minute. */
export async function start(setting: Setting = {}) {
  const server = createTestServer({
    clock: { frozen: true },
    identities: ["first", "second"].map((name) => ({
      name,
      organizationRole: "admin",
      projectRoles: { "example-project": "admin" },
      universalAuth: { accessTokenTTL: tokenLifetime, lockout: false },
    })),
  });
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  server.secrets.set({ environment: "dev", key: "A", value: "value-1" });
  const reads = cache({ ttl: "1m", clock: server.clock, ...setting.cache });
  const client = clientOf(server, siteUrl, [...(setting.outside ?? []), reads, ...(setting.inside ?? [])]);
  return { server, siteUrl, reads, client, place: placeOf(server), get: () => getValue(client, server) };
}

/** A client of a server that tries nothing again, so that a failure of the server is one failure. */
export function clientOf(
  server: TestServer,
  siteUrl: string,
  middleware: readonly Middleware[],
): SecretsClient {
  return createClient({
    siteUrl,
    middleware,
    auth: strategyOf(server),
    clock: server.clock,
    retry: false,
    plugins: [secrets()],
  });
}

/** Logs in as one of the server's identities. */
export function strategyOf(server: TestServer, index = 0): AuthStrategy {
  const { clientId = "", clientSecret = "" } = server.identities[index] ?? {};
  return universalAuth({ clientId, clientSecret });
}

export function placeOf(server: TestServer): { projectId: string; environment: string } {
  return { projectId: server.projects[0]?.id ?? "", environment: "dev" };
}

/** What a client reads as the value of A. */
export async function getValue(
  client: SecretsClient,
  server: TestServer,
  signal?: AbortSignal,
): Promise<string> {
  return (await client.secrets().getSecret({ ...placeOf(server), secretName: "A", signal })).secretValue;
}

/** The statuses of the reads that the server has seen. */
export function statuses(server: TestServer): (number | undefined)[] {
  return server.requests.filter(({ method }) => method === "GET").map(({ status }) => status);
}

/** What a call rejects with. */
export function failureOf(call: Promise<unknown>): Promise<InfisicalSDKRequestError> {
  return call.then(
    () => {
      throw new Error("The call was expected to fail.");
    },
    (error: InfisicalSDKRequestError) => error,
  );
}

/** Frees what nothing refers to any more, and gives the bytes that are left. */
export function collectGarbage(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
