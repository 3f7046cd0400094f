import type { ApiRequest, ApiResponse, Next } from "@infisical/core";
import { abortReason, toMilliseconds } from "@infisical/core/authoring";
import { type InvalidateOptions, mayContain } from "./invalidation.ts";
import { type Entry, type KnownRead, KnownReads } from "./known-reads.ts";
import {
  type CachePolicy,
  isOutage,
  isRefusal,
  isRefusalOfIdentity,
  type StaleIfErrorEvent,
} from "./policy.ts";
import type { Consultation, SharedReads } from "./shared-reads.ts";
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
  /** Reads answered from the `store` within `ttl`. */
  readonly storeHits: number;
  /** Responses written to the store. */
  readonly storeWrites: number;
  /** How often the store failed or did not answer in time. */
  readonly storeFailures: number;
  /** Texts in the store that this cache did not write, or that were changed, and were ignored. */
  readonly storeUnreadable: number;
}

/** The stats that are counted. */
export type Counts = { -readonly [Name in Exclude<keyof CacheStats, "entries">]: number };

/** What one identity has read. */
export class IdentityCache {
  readonly #policy: CachePolicy;
  readonly #counts: Counts;
  readonly #reads: KnownReads;
  readonly #sharing: Promise<SharedReads | undefined> | undefined;
  /** Known as soon as the store has been used. */
  #shared: SharedReads | undefined;
  /** Of two requests, the later one has the higher number. */
  #orders = 0;
  /** Whether the server refused who asks, and has not answered since. */
  #isRefused = false;

  constructor(policy: CachePolicy, counts: Counts, sharing: Promise<SharedReads | undefined> | undefined) {
    this.#policy = policy;
    this.#sharing = sharing;
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
    const isYoung = entry && ages.isFresh(entry.requestedAt, Math.min(ttl, entry.refreshAge));
    if (entry && (isYoung || ages.isFresh(entry.requestedAt, ttl))) {
      this.#counts.hits += 1;
      request.emit?.("cache-hit", { age: ages.since(entry.requestedAt) });
      if (!isYoung) this.#refreshEarly(read, entry, timeout, request, next);
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

  #send(
    read: KnownRead,
    timeout: number | undefined,
    request: ApiRequest,
    next: Next,
    how: (request: ApiRequest) => Promise<ApiResponse> = (sent) => this.#answer(read, timeout, sent, next),
  ): SharedRequest {
    const { inFlight } = read;
    const startedAt = this.#policy.ages.now();
    const shared = new SharedRequest((signal) =>
      how({ ...request, signal }).finally(() => {
        if (inFlight.get(timeout)?.shared === shared) inFlight.delete(timeout);
        this.#reads.prune(read);
      }),
    );
    inFlight.set(timeout, { shared, startedAt });
    return shared;
  }

  /** Replaces a response that is about to get old, so that processes that share a store do not all do so at the same time. */
  #refreshEarly(
    read: KnownRead,
    entry: Entry,
    timeout: number | undefined,
    request: ApiRequest,
    next: Next,
  ): void {
    entry.refreshAge = Number.POSITIVE_INFINITY;
    if (read.inFlight.size > 0) return;
    this.#send(read, timeout, request, next, (sent) =>
      this.#answer(read, timeout, sent, next, entry),
    ).keepGoing();
  }

  /** Looks into the store, if there is one, and then asks the server. */
  async #answer(
    read: KnownRead,
    timeout: number | undefined,
    request: ApiRequest,
    next: Next,
    early?: Entry,
  ): Promise<ApiResponse> {
    if (this.#sharing && !this.#shared) this.#shared = await this.#sharing;
    const shared = this.#isRefused ? undefined : this.#shared;
    if (!shared) return this.#ask(read, request, next);
    const { ages, ttl, staleWhileRevalidate } = this.#policy;
    const before = read.entry;
    const isFresh = (): boolean => read.entry !== undefined && ages.isFresh(read.entry.requestedAt, ttl);
    const said = await shared.consult(read, early !== undefined, (found) => {
      this.#adopt(read, found);
      return isFresh() && read.entry !== early;
    });
    const entry: Entry | undefined = read.entry;
    if (entry && isFresh() && (entry !== early || said.isClaimed)) {
      if (entry !== early) this.#counts.storeHits += 1;
      if (!early) request.emit?.("cache-hit", { age: ages.since(entry.requestedAt) });
      return entry.response;
    }
    const ask = (sent: ApiRequest): Promise<ApiResponse> => this.#ask(read, sent, next, said);
    // What was in memory has been served already if that was possible.
    if (!entry || entry === before) return ask(request);
    const age = ages.since(entry.requestedAt);
    if (staleWhileRevalidate === 0 || age >= ttl + staleWhileRevalidate) return ask(request);
    this.#counts.staleWhileRevalidate += 1;
    this.#send(read, timeout, request, next, ask).keepGoing();
    request.emit?.("stale-served", { age, reason: "revalidating" });
    return entry.response;
  }

  /** Keeps what another process has requested, unless what is kept is as new. */
  #adopt(read: KnownRead, found: Entry): void {
    const { entry } = read;
    if (entry && entry.writtenAt >= found.writtenAt) return;
    const order = entry?.order ?? 0;
    if (this.#reads.store(read, { ...found, order, refreshAge: this.#refreshAge() }))
      this.#counts.evictions += 1;
  }

  /**
   * How old a response gets before it is replaced early: often just before `ttl`, rarely long before. Of any number of
   * processes, one is thus ahead of the next by a twentieth of `ttl` on average.
   */
  #refreshAge(): number {
    const { ttl } = this.#policy;
    return this.#shared ? ttl * Math.max(0.5, 1 + Math.log(Math.random()) / 20) : Number.POSITIVE_INFINITY;
  }

  /** Asks the server, with the tag of the kept response if there is one, and keeps the answer. */
  async #ask(read: KnownRead, request: ApiRequest, next: Next, said?: Consultation): Promise<ApiResponse> {
    const kept = read.entry;
    const requestedAt = this.#policy.ages.now();
    this.#counts.requests += 1;
    this.#orders += 1;
    const times = {
      requestedAt,
      writtenAt: requestedAt.wall,
      order: this.#orders,
      refreshAge: this.#refreshAge(),
    };
    try {
      const response = await next(kept?.etag === undefined ? request : ifNoneMatch(request, kept.etag));
      const isStillValid = response.status === 304 && kept;
      const entry: Entry = isStillValid
        ? { ...kept, ...times }
        : { response: frozenResponse(response), etag: response.headers["etag"], ...times };
      if (response.status === 304) this.#counts.notModified += 1;
      if (this.#reads.store(read, entry)) this.#counts.evictions += 1;
      this.#isRefused = false;
      if (said) this.#shared?.write(read, entry, said);
      return entry.response;
    } catch (error) {
      if (isRefusal(error)) this.#drop(read, error, said?.mayExist !== false || kept !== undefined);
      if (said) this.#shared?.release(read, said);
      throw error;
    }
  }

  /** Drops a response after a refusal, here and in the store. */
  #drop(read: KnownRead, error: unknown, mayBeShared: boolean): void {
    this.#reads.evict(read);
    if (isRefusalOfIdentity(error)) this.#isRefused = true;
    if (mayBeShared) this.#shared?.forget(read);
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
