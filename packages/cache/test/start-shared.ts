import { universalAuth } from "@infisical/auth-universal";
import type { Middleware } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { start } from "#test-kit";
import { type CacheOptions, type CacheStore, cache } from "../src/index.ts";
import { readA, statuses, tokenLifetime } from "./start-cached.ts";

export const encryptionKey = "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f";
export const otherKey = "Zt4wPq9sLm2xVb7nKc5jHd8gFr3yTu6e";
export const minute = 60_000;

/** A store in memory, in which a test can look and meddle. */
export interface MemoryStore extends CacheStore {
  readonly texts: Map<string, string>;
}

export function memoryStore(): MemoryStore & Required<CacheStore> {
  const texts = new Map<string, string>();
  return {
    texts,
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

/** What a process of its own would be: a client with a cache that starts empty. */
export interface Joining extends Partial<CacheOptions> {
  /** The identity, by name. */
  readonly as?: string;
  readonly inside?: readonly Middleware[];
  readonly siteUrl?: string;
}

/** A server with a frozen clock and the secret A, and clients of it that share a store. */
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
  const join = ({ as = "first", inside = [], siteUrl, ...own }: Joining = {}) => {
    const options = { ttl: "1m", clock: server.clock, store, encryptionKey, storeTimeout: 5000, ...shared, ...own };
    const reads = cache(options);
    const identity = server.identities.find(({ name }) => name === as);
    const client = connect({
      auth: universalAuth(identity?.universalAuth as never),
      middleware: [reads, ...inside],
      retry: false,
      plugins: [secrets()],
      ...(siteUrl !== undefined && { siteUrl }),
    });
    return { reads, client, get: (signal?: AbortSignal) => readA(client, location, signal) };
  };
  /** Reads A in a new process, and waits until the store has it. */
  const fill = async (own?: Joining) => {
    const process = join(own);
    const value = await process.get();
    await written(process);
    return { ...process, value };
  };
  return { ...started, store, join, fill, sent: () => statuses(server).length };
}

/** Waits until what a process has read is in the store. */
export async function written({ reads }: Pick<ReturnType<Awaited<ReturnType<typeof startShared>>["join"]>, "reads">) {
  const { storeWrites } = reads.stats();
  const { expect } = await import("vitest");
  await expect.poll(() => reads.stats().storeWrites).toBeGreaterThan(storeWrites - 1 || 0);
}
