import type { ApiRequest, ApiResponse, Next } from "@infisical/core";
import { abortReason, toMilliseconds } from "@infisical/core/authoring";
import { type InvalidateOptions, mayContain } from "./invalidation.ts";
import { type Entry, type KnownRead, KnownReads } from "./known-reads.ts";
import { type CachePolicy, isOutage, isRefusal, type StaleIfErrorEvent } from "./policy.ts";
import { frozenResponse, SharedRequest } from "./shared-request.ts";

/** What a cache has done since it was created. */
export interface CacheStats {
  /** The responses kept for the identity that was first seen most recently. */
  readonly entries: number;
  /** Reads answered from memory within `ttl`. */
  readonly hits: number;
  /** Reads answered with an old response while a new one was fetched. */
  readonly staleWhileRevalidate: number;
  /** Reads answered with an old response because of a failure. */
  readonly staleIfError: number;
  /** Reads that waited for a request that another read had sent. */
  readonly joined: number;
  /** Requests that reads have sent, including those that revalidate a response. */
  readonly requests: number;
  /** How many of these requests the server answered with 304: the response was still valid. */
  readonly notModified: number;
  /** Responses dropped because there were more than `maxEntries`. */
  readonly evictions: number;
}

/** The stats that are counted. */
export type Counts = { -readonly [Name in Exclude<keyof CacheStats, "entries">]: number };

/** What one identity has read. */
export class IdentityCache {
  readonly #policy: CachePolicy;
  readonly #counts: Counts;
  readonly #reads: KnownReads;

  constructor(policy: CachePolicy, counts: Counts) {
    this.#policy = policy;
    this.#counts = counts;
    this.#reads = new KnownReads(policy.maxEntries);
  }

  /** How many responses are kept. */
  get size(): number {
    return this.#reads.size;
  }

  /** Drops every response that may contain a secret, including those of requests in flight. */
  invalidate(secret: InvalidateOptions): void {
    this.#reads.invalidate((shape) => mayContain(shape, secret));
  }

  async read(request: ApiRequest, next: Next): Promise<ApiResponse> {
    const { signal } = request;
    if (signal?.aborted) throw abortReason(signal);
    const timeout = request.timeout === undefined ? undefined : toMilliseconds("timeout", request.timeout);
    const read = this.#reads.get(request);
    const { entry } = read;
    const { ages, ttl, staleWhileRevalidate } = this.#policy;
    if (entry && ages.isFresh(entry.requestedAt, ttl)) {
      this.#counts.hits += 1;
      request.emit?.("cache-hit", { age: ages.since(entry.requestedAt) });
      return entry.response;
    }
    const mayServeStale =
      entry && staleWhileRevalidate > 0 && ages.since(entry.requestedAt) < ttl + staleWhileRevalidate;
    // How long an attempt may take is part of what a caller asks for, so only callers with the same timeout share.
    const inFlight = this.#inFlight(read, timeout);
    const shared = inFlight ?? this.#send(read, timeout, request, next);
    if (mayServeStale) {
      this.#counts.staleWhileRevalidate += 1;
      shared.keepGoing();
      request.emit?.("stale-served", { age: ages.since(entry.requestedAt), reason: "revalidating" });
      return entry.response;
    }
    if (inFlight) this.#counts.joined += 1;
    return shared.wait(signal).catch((error: unknown) => this.#serveStale(read, request, error));
  }

  #inFlight(read: KnownRead, timeout: number | undefined): SharedRequest | undefined {
    const { ages, ttl } = this.#policy;
    const flight = read.inFlight.get(timeout);
    return flight && !flight.shared.abandoned && ages.since(flight.startedAt) < ttl
      ? flight.shared
      : undefined;
  }

  #send(read: KnownRead, timeout: number | undefined, request: ApiRequest, next: Next): SharedRequest {
    const { inFlight } = read;
    const startedAt = this.#policy.ages.now();
    const shared = new SharedRequest((signal) =>
      this.#ask(read, { ...request, signal }, next).finally(() => {
        if (inFlight.get(timeout)?.shared === shared) inFlight.delete(timeout);
        this.#reads.prune(read);
      }),
    );
    inFlight.set(timeout, { shared, startedAt });
    return shared;
  }

  /** Asks the server, with the tag of the kept response if there is one, and keeps the answer. */
  async #ask(read: KnownRead, request: ApiRequest, next: Next): Promise<ApiResponse> {
    const kept = read.entry;
    const requestedAt = this.#policy.ages.now();
    this.#counts.requests += 1;
    const order = this.#counts.requests;
    try {
      const response = await next(kept?.etag === undefined ? request : ifNoneMatch(request, kept.etag));
      const isStillValid = response.status === 304 && kept;
      const entry: Entry = isStillValid
        ? { ...kept, requestedAt, order }
        : { response: frozenResponse(response), etag: response.headers["etag"], requestedAt, order };
      if (response.status === 304) this.#counts.notModified += 1;
      if (this.#reads.store(read, entry)) this.#counts.evictions += 1;
      return entry.response;
    } catch (error) {
      if (isRefusal(error)) this.#reads.evict(read);
      throw error;
    }
  }

  /** Returns the old response after a failure if the policy allows it; otherwise rethrows. */
  #serveStale({ shape, entry }: KnownRead, { emit }: ApiRequest, error: unknown): ApiResponse {
    const { ages, ttl, staleIfError, onStaleIfError } = this.#policy;
    const age = entry && ages.since(entry.requestedAt);
    if (!entry || age === undefined || age >= ttl + staleIfError || !isOutage(error)) throw error;
    this.#counts.staleIfError += 1;
    emit?.("stale-served", { age, reason: "failed", code: error.code });
    if (onStaleIfError) void notify(onStaleIfError, { path: shape.path, age, error });
    return entry.response;
  }
}

/** Calls a listener without waiting for it; its failures are ignored. */
async function notify(
  listener: (event: StaleIfErrorEvent) => unknown,
  event: StaleIfErrorEvent,
): Promise<void> {
  try {
    await listener(event);
  } catch {
    // A log line that fails must not cost the caller the value, or crash the process.
  }
}

function ifNoneMatch(request: ApiRequest, etag: string): ApiRequest {
  return { ...request, headers: { ...request.headers, "if-none-match": etag } };
}
