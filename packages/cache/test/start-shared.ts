import type { AuthStrategy, Middleware } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { expect } from "vitest";
import { start, strategyFor } from "#test-kit";
import { type CacheMiddleware, type CacheOptions, type CacheStore, cache } from "../src/index.ts";
import { readA, statuses, tokenLifetime } from "./start-cached.ts";

export const encryptionKey = "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f";
export const otherKey = "Zt4wPq9sLm2xVb7nKc5jHd8gFr3yTu6e";
export const minute = 60_000;

/** A store in memory, in which a test can look and meddle. */
export interface MemoryStore extends CacheStore {
  readonly texts: Map<string, string>;
  /** The entries, without generations and claims. */
  entries(): [string, string][];
}

export function memoryStore(): MemoryStore {
  const texts = new Map<string, string>();
  return {
    texts,
    entries: () => [...texts].filter(([, text]) => text.startsWith("infisical-cache-1.")),
    get: async (key) => texts.get(key),
    set: async (key, text) => void texts.set(key, text),
    delete: async (key) => texts.delete(key),
    setIfAbsent: async (key, text) => {
      if (texts.has(key)) return false;
      texts.set(key, text);
      return true;
    },
  };
}

/** How a process of its own differs. */
export interface Joining extends Partial<CacheOptions> {
  readonly identity?: number;
  readonly auth?: AuthStrategy;
  readonly inside?: readonly Middleware[];
  readonly siteUrl?: string;
}

/** A server with a frozen clock and the secret A, and what would be processes of their own that share a store. */
export async function startShared(shared: Partial<CacheOptions> = {}) {
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
  const store = memoryStore();
  /** A client with a cache that starts empty. */
  const join = ({
    identity = 0,
    auth = strategyFor(server, { identity }),
    inside = [],
    siteUrl,
    ...own
  }: Joining = {}) => {
    const options = { ttl: "1m", clock: server.clock, store, encryptionKey, storeTimeout: "10s" };
    const reads = cache({ ...options, ...shared, ...own });
    const client = connect({
      auth,
      middleware: [reads, ...inside],
      retry: false,
      plugins: [secrets()],
      ...(siteUrl !== undefined && { siteUrl }),
    });
    return { reads, client, get: (signal?: AbortSignal) => readA(client, location, signal) };
  };
  /** Reads A in a new process, and waits until the store has it. */
  const fill = async (own?: Joining) => {
    const filling = join(own);
    await filling.get();
    await written(filling.reads);
    return filling;
  };
  return { ...started, store, join, fill, sent: () => statuses(server).length };
}

/** Waits until a cache has written so many responses. */
export async function written(reads: CacheMiddleware, count = 1): Promise<void> {
  await expect.poll(() => reads.stats().storeWrites).toBe(count);
}
