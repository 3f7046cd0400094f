import type { ApiRequest, ApiResponse, Middleware, Next } from "@infisical/core";
import { type CacheOptions, checkOptions } from "./cache-options.ts";
import { type CacheStats, zeroCounts } from "./cache-stats.ts";
import { mayHaveChanged } from "./failures.ts";
import { IdentityCache } from "./identity-cache.ts";
import { requestKind } from "./request-kind.ts";

/** A cache, to be put into a client's `middleware`. */
export interface CacheMiddleware extends Middleware {
  /** Drops every reply. Reads under way are answered, but not kept. */
  clear(): void;
  /** Tells what the cache has done. It never shows a value. */
  stats(): CacheStats;
}

/**
 * Keeps replies to reads in memory, so that reads are fast and survive an outage.
 *
 * What is kept belongs to one identity of one client and is gone when that changes. A write drops
 * everything. Replies are frozen: copy what you want to change.
 *
 * @param options - See {@link CacheOptions}.
 * @returns A middleware for the client's `middleware`, with `clear()` and `stats()`.
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
  let latest: WeakRef<IdentityCache> | undefined;

  const clear = (): void => {
    // What is under way still refers to the old map, so that nothing of it comes back.
    identities = new WeakMap();
    latest = undefined;
  };
  const cacheOf = (identity: object): IdentityCache => {
    const known = identities.get(identity);
    if (known) return known;
    const added = new IdentityCache(policy, counts);
    identities.set(identity, added);
    latest = new WeakRef(added);
    return added;
  };
  const middleware: Middleware = (request, next) => {
    const kind = requestKind(request);
    if (kind === "cached") return cacheOf(request.identity).read(request, next);
    return kind === "read" ? next(request) : write(request, next, clear);
  };
  return Object.assign(middleware, {
    clear,
    stats: () => ({ entries: latest?.deref()?.size ?? 0, ...counts }),
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
