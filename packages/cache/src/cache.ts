import type { ApiRequest, ApiResponse, Middleware, Next } from "@infisical/core";
import { type CacheOptions, checkOptions } from "./cache-options.ts";
import { type CacheStats, zeroCounts } from "./cache-stats.ts";
import { mayHaveChanged } from "./failures.ts";
import { IdentityCache } from "./identity-cache.ts";
import { type InvalidateOptions, parseLocation } from "./invalidation.ts";
import { requestKind } from "./request-kind.ts";

/** A cache, to be put into a client's `middleware`. */
export interface CacheMiddleware extends Middleware {
  /** Drops every response. Reads under way are answered, but not kept. */
  clear(): void;
  /**
   * Drops every response that can hold a secret, whoever has read it: call it when the value was refused elsewhere,
   * such as by the database whose password was rotated. Reads under way are answered, but not kept.
   *
   * A reference or an import may repeat a value anywhere in its project, so that usually all reads of secrets of the
   * project are dropped; those of other projects stay.
   *
   * @param secret - Where the secret is.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   *
   * @example
   * import { cache } from "@infisical/cache";
   * const reads = cache({ ttl: "5m" });
   * reads.invalidate({ projectId: "p1", environment: "prod", secretName: "DATABASE_PASSWORD" });
   */
  invalidate(secret: InvalidateOptions): void;
  /** Tells what the cache has done. It never shows a value. */
  stats(): CacheStats;
}

/**
 * Keeps responses to reads in memory, so that reads are fast and survive an outage.
 *
 * What is kept belongs to one identity of one client and is gone when that changes. A write drops
 * everything. Responses are frozen: copy what you want to change. Dynamic secrets and their leases are never kept.
 *
 * @param options - See {@link CacheOptions}.
 * @returns A middleware for the client's `middleware`, with `clear()`, `invalidate()` and `stats()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
 *
 * @example
 * import { cache } from "@infisical/cache";
 * import { createClient } from "@infisical/core";
 * const reads = cache({ ttl: "5m", staleIfError: "1h" });
 * const client = createClient({ middleware: [reads] });
 * reads.stats().hits; // 0
 */
export function cache(options: CacheOptions): CacheMiddleware {
  const policy = checkOptions(options);
  const counts = zeroCounts();
  let identities = new WeakMap<object, IdentityCache>();
  /** Those that are still in use, the latest last. */
  let caches: WeakRef<IdentityCache>[] = [];

  const clear = (): void => {
    // What is under way still refers to the old map, so that nothing of it comes back.
    identities = new WeakMap();
    caches = [];
  };
  const cacheOf = (identity: object): IdentityCache => {
    const known = identities.get(identity);
    if (known) return known;
    const added = new IdentityCache(policy, counts);
    identities.set(identity, added);
    caches = [...caches.filter((each) => each.deref()), new WeakRef(added)];
    return added;
  };
  const middleware: Middleware = (request, next) => {
    const kind = requestKind(request);
    if (kind === "cached") return cacheOf(request.identity).read(request, next);
    return kind === "read" ? next(request) : write(request, next, clear);
  };
  return Object.assign(middleware, {
    clear,
    invalidate: (secret: InvalidateOptions) => {
      const location = parseLocation(secret);
      for (const each of caches) each.deref()?.invalidate(location);
    },
    stats: () => ({ entries: caches.at(-1)?.deref()?.size ?? 0, ...counts }),
  });
}

async function write(request: ApiRequest, next: Next, drop: () => void): Promise<ApiResponse> {
  try {
    const response = await next(request);
    drop();
    return response;
  } catch (error) {
    if (mayHaveChanged(error)) drop();
    throw error;
  }
}
