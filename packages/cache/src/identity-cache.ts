import type { ApiRequest, ApiResponse, Next } from "@infisical/core";
import { abortReason, toMilliseconds } from "@infisical/core/authoring";
import type { CachePolicy, StaleIfErrorEvent } from "./cache-options.ts";
import type { Counts } from "./cache-stats.ts";
import { isOutage, isRefusal } from "./failures.ts";
import { type InvalidateOptions, mayHold } from "./invalidation.ts";
import { type Entry, type KnownRead, KnownReads } from "./known-reads.ts";
import { SharedRequest } from "./shared-request.ts";
import { shareResponse } from "./shared-response.ts";

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

  /** Drops every response that can hold a secret, those under way included. */
  invalidate(secret: InvalidateOptions): void {
    this.#reads.invalidate((shape) => mayHold(shape, secret));
  }

  async read(request: ApiRequest, next: Next): Promise<ApiResponse> {
    const { signal } = request;
    if (signal?.aborted) throw abortReason(signal);
    const timeout = request.timeout === undefined ? undefined : toMilliseconds("timeout", request.timeout);
    const read = this.#reads.get(request);
    const { entry } = read;
    const { ages, ttl, staleWhileRevalidate } = this.#policy;
    const age = entry && ages.since(entry.asked);
    if (entry && age !== undefined && age < ttl && !ages.isAhead(entry.asked)) {
      this.#counts.hits += 1;
      return entry.response;
    }
    // How long an attempt may take is part of what a caller asks for, so only equal ones share.
    const underWay = this.#underWay(read, timeout);
    const shared = underWay ?? this.#send(read, timeout, request, next);
    if (entry && age !== undefined && age < ttl + staleWhileRevalidate && staleWhileRevalidate > 0) {
      this.#counts.staleWhileRevalidate += 1;
      shared.keepGoing();
      return entry.response;
    }
    if (underWay) this.#counts.joined += 1;
    return shared.wait(signal).catch((error: unknown) => this.#standIn(read, error));
  }

  #underWay({ flights }: KnownRead, timeout: number | undefined): SharedRequest | undefined {
    const { ages, ttl } = this.#policy;
    const flight = flights.get(timeout);
    return flight && !flight.shared.abandoned && ages.since(flight.started) < ttl ? flight.shared : undefined;
  }

  #send(read: KnownRead, timeout: number | undefined, request: ApiRequest, next: Next): SharedRequest {
    const { flights } = read;
    const started = this.#policy.ages.now();
    const shared = new SharedRequest((signal) =>
      this.#ask(read, { ...request, signal }, next).finally(() => {
        if (flights.get(timeout)?.shared === shared) flights.delete(timeout);
        this.#reads.forget(read);
      }),
    );
    flights.set(timeout, { shared, started });
    return shared;
  }

  /** Asks the server, with the tag of what is kept if there is one, and keeps the answer. */
  async #ask(read: KnownRead, request: ApiRequest, next: Next): Promise<ApiResponse> {
    const known = read.entry;
    const asked = this.#policy.ages.now();
    this.#counts.requests += 1;
    const order = this.#counts.requests;
    try {
      const response = await next(known?.etag === undefined ? request : ifNoneMatch(request, known.etag));
      const stillHolds = response.status === 304 && known;
      const entry: Entry = stillHolds
        ? { ...known, asked, order }
        : { response: shareResponse(response), etag: response.headers["etag"], asked, order };
      if (response.status === 304) this.#counts.notModified += 1;
      if (this.#reads.keep(read, entry)) this.#counts.evictions += 1;
      return entry.response;
    } catch (error) {
      if (isRefusal(error)) this.#reads.drop(read);
      throw error;
    }
  }

  /** Gives an old response in the place of a failure, where that is allowed. */
  #standIn({ shape, entry }: KnownRead, error: unknown): ApiResponse {
    const { ages, ttl, staleIfError, onStaleIfError } = this.#policy;
    const age = entry && ages.since(entry.asked);
    if (!entry || age === undefined || age >= ttl + staleIfError || !isOutage(error)) throw error;
    this.#counts.staleIfError += 1;
    if (onStaleIfError) void tell(onStaleIfError, { path: shape.path, age, error });
    return entry.response;
  }
}

/** Tells of an old response; what becomes of that is nobody's concern, and nobody waits for it. */
async function tell(
  listener: (event: StaleIfErrorEvent) => unknown,
  event: StaleIfErrorEvent,
): Promise<void> {
  try {
    await listener(event);
  } catch {
    // A log line that fails must not cost the caller the value, nor the process its life.
  }
}

function ifNoneMatch(request: ApiRequest, etag: string): ApiRequest {
  return { ...request, headers: { ...request.headers, "if-none-match": etag } };
}
