import {
  type ApiRequest,
  type ApiResponse,
  type InfisicalErrorCode,
  isInfisicalError,
  type Middleware,
  type Next,
} from "@infisical/core";
import { type CacheStats, type Counts, IdentityCache } from "./identity-cache.ts";
import { type InvalidateOptions, parseLocation } from "./invalidation.ts";
import { type CacheOptions, parsePolicy } from "./policy.ts";
import type { SharedStore } from "./shared-reads.ts";

export type { CacheStats } from "./identity-cache.ts";
export type { InvalidateOptions } from "./invalidation.ts";
export type { CacheOptions, StaleIfErrorEvent } from "./policy.ts";
export { type CacheStore, fromKeyv, fromUnstorage, type KeyvLike, type UnstorageLike } from "./store.ts";

/** A cache, to be passed in a client's `middleware`. */
export interface CacheMiddleware extends Middleware {
  /** Clears the cache. Reads in flight still resolve but are not kept. */
  clear(): void;
  /**
   * Drops every response that may contain a secret, for every identity: call it when the value was refused elsewhere,
   * such as by the database whose password was rotated. Reads in flight still resolve but are not kept.
   *
   * A reference or an import may repeat a value anywhere in its project, so usually all reads of secrets of the
   * project are dropped; those of other projects stay.
   *
   * @param secret - The secret's location.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   *
   * @example
   * import { cache } from "@infisical/cache";
   * const reads = cache({ ttl: "5m" });
   * reads.invalidate({ projectId: "p1", environment: "prod", secretName: "DATABASE_PASSWORD" });
   */
  invalidate(secret: InvalidateOptions): void;
  /** Returns what the cache has done. It never contains a value. */
  stats(): CacheStats;
}

/**
 * Keeps responses to reads in memory, so that reads are fast and survive an outage.
 *
 * What is kept belongs to one identity of one client and is dropped when the identity changes. A write drops
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
  const policy = parsePolicy(options);
  const counts = zeroCounts();
  let store: SharedStore | undefined;
  // Loaded when it is used: most caches have none.
  const sharing =
    policy.shared &&
    import("./shared-reads.ts").then(({ SharedStore }) => {
      store = new SharedStore(policy, counts);
      return store;
    });
  let identities = new WeakMap<object, IdentityCache>();
  /** Those still in use, the latest last. */
  let caches: WeakRef<IdentityCache>[] = [];

  const clearMemory = (): void => {
    // Requests in flight still refer to the old map, so that their responses do not come back.
    identities = new WeakMap();
    caches = [];
  };
  const clearStore = (): void => {
    // At once if it can be: the next read must not find what has been dropped.
    if (store) store.generations.renew();
    else sharing?.then(({ generations }) => generations.renew());
  };
  const clear = (): void => {
    clearMemory();
    clearStore();
  };
  const cacheOf = (identity: object): IdentityCache => {
    const known = identities.get(identity);
    if (known) return known;
    const added = new IdentityCache(
      policy,
      counts,
      sharing?.then((shared) => shared.of(identity)),
    );
    identities.set(identity, added);
    caches = [...caches.filter((each) => each.deref()), new WeakRef(added)];
    return added;
  };
  const middleware: Middleware = (request, next) => {
    const kind = requestKind(request);
    if (kind === "cached") return cacheOf(request.identity).read(request, next);
    if (kind === "read") return next(request);
    // A lease or a certificate of this process changes nothing that others keep.
    return write(request, next, neverKept.test(request.path) ? clearMemory : clear);
  };
  return Object.assign(middleware, {
    clear,
    invalidate: (secret: InvalidateOptions) => {
      const location = parseLocation(secret);
      for (const each of caches) each.deref()?.invalidate(location);
      clearStore();
    },
    stats: () => ({ entries: caches.at(-1)?.deref()?.size ?? 0, ...counts }),
  });
}

function zeroCounts(): Counts {
  return {
    hits: 0,
    staleWhileRevalidate: 0,
    staleIfError: 0,
    joined: 0,
    requests: 0,
    notModified: 0,
    evictions: 0,
    storeHits: 0,
    storeWrites: 0,
    storeFailures: 0,
    storeUnreadable: 0,
  };
}

/** Headers with which callers control caching themselves, and get a response that is meant for them alone. */
const cacheControl = /^(?:if-.+|range|cache-control|pragma)$/i;

/**
 * A lease's state must be current, and a dynamic secret contains its provider's admin credentials. So must the newest
 * certificate be, which comes with its private key.
 */
const neverKept = /^\/api\/v\d+\/(?:dynamic-secrets|cert-manager)\b/;

/** What a cache does with a request: keep its response, pass it on, or drop what it may change. */
function requestKind(request: ApiRequest): "cached" | "read" | "write" {
  const { method, path } = request;
  const headers = ownField(request, "headers");
  if (!(ownField(request, "readOnly") ?? method === "GET")) return "write";
  // A text that is still arriving can be read once.
  if (ownField(request, "streamed")) return "read";
  if (method !== "GET" || ownField(request, "body") !== undefined || neverKept.test(path)) return "read";
  return headers && Object.keys(headers).some((name) => cacheControl.test(name)) ? "read" : "cached";
}

/** A field that no property added to all objects can fill in. Copying the whole request costs more than a hit. */
function ownField<Name extends keyof ApiRequest>(
  request: ApiRequest,
  name: Name,
): ApiRequest[Name] | undefined {
  return Object.hasOwn(request, name) ? request[name] : undefined;
}

/** The codes of writes that were not sent, or not looked at. */
const notCarriedOut: readonly InfisicalErrorCode[] = [
  "INVALID_OPTION",
  "NOT_AUTHENTICATED",
  "CLIENT_CLOSED",
  "AUTH_FAILED",
  "UNREACHABLE",
  "RATE_LIMITED",
];

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

/** Whether a write that failed may have changed something, or shows that something has changed. */
function mayHaveChanged(error: unknown): boolean {
  return !isInfisicalError(error) || !notCarriedOut.includes(error.code);
}
