import type { Client, EventListener, Middleware } from "@infisical/core";
import { type SecretsPlugin, secrets } from "@infisical/secrets";
import type { TestServer } from "@infisical/test-server";
import { start, type TestLocation } from "#test-kit";
import { type CacheOptions, cache } from "../src/index.ts";

/** In seconds. */
export const tokenLifetime = 10_000_000;

export const raw = "/api/v3/secrets/raw";

type SecretsClient = Client<readonly [SecretsPlugin]>;

interface Setting {
  readonly cache?: Partial<CacheOptions>;
  /** Middleware around the cache. */
  readonly outside?: readonly Middleware[];
  /** Middleware between the cache and the server. */
  readonly inside?: readonly Middleware[];
  readonly onEvent?: EventListener;
}

/** A server with a frozen clock and the secret A, and a client that reads through a cache with a ttl of one minute. */
export async function startCached(setting: Setting = {}) {
  const started = await start({
    server: {
      clock: { frozen: true },
      identities: ["first", "second"].map((name) => ({
        name,
        organizationRole: "admin",
        projectRoles: { "example-project": "admin" },
        universalAuth: { accessTokenTTL: tokenLifetime, lockout: false },
      })),
    },
  });
  const { server, connect, location } = started;
  server.secrets.set({ environment: "dev", key: "A", value: "value-1" });
  /** A client without retries, so that one failure of the server is one failure of the call. */
  const connectThrough = (middleware: readonly Middleware[]): SecretsClient =>
    connect({ middleware, onEvent: setting.onEvent, retry: false, plugins: [secrets()] });
  const reads = cache({ ttl: "1m", clock: server.clock, ...setting.cache });
  const client = connectThrough([...(setting.outside ?? []), reads, ...(setting.inside ?? [])]);
  const get = (signal?: AbortSignal): Promise<string> => readA(client, location, signal);
  return { ...started, reads, client, connectThrough, get };
}

/** Reads the value of A. */
export async function readA(
  client: SecretsClient,
  location: TestLocation,
  signal?: AbortSignal,
): Promise<string> {
  return (await client.secrets().getSecret({ ...location, secretName: "A", signal })).secretValue;
}

/** The statuses of the reads that the server received. */
export function statuses(server: TestServer): (number | undefined)[] {
  return server.requests.filter(({ method }) => method === "GET").map(({ status }) => status);
}
