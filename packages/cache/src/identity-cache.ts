import type { ApiRequest, ApiResponse, Next } from "@infisical/core";
import { toMilliseconds } from "@infisical/core/authoring";
import type { CachePolicy } from "./cache-options.ts";
import type { Counts } from "./cache-stats.ts";
import { isOutage, isRefusal } from "./failures.ts";
import { type Entry, type KnownRead, KnownReads } from "./known-reads.ts";
import { shareReply } from "./shared-reply.ts";
import { SharedRequest } from "./shared-request.ts";

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

  /** How many replies are kept. */
  get size(): number {
    return this.#reads.size;
  }

  async read(request: ApiRequest, next: Next): Promise<ApiResponse> {
    const { signal } = request;
    if (signal?.aborted) throw signal.reason;
    const timeout = request.timeout === undefined ? undefined : toMilliseconds("timeout", request.timeout);
    const read = this.#reads.get(request);
    const { entry } = read;
    const { ttl, staleWhileRevalidate } = this.#policy;
    if (entry && this.#isWithin(ttl, entry.askedAt)) {
      this.#counts.hits += 1;
      return entry.reply;
    }
    // How long an attempt may take is part of what a caller asks for, so only equal ones share.
    const underWay = this.#underWay(read, timeout);
    const shared = underWay ?? this.#send(read, timeout, request, next);
    if (entry && this.#isWithin(ttl + staleWhileRevalidate, entry.askedAt)) {
      this.#counts.staleWhileRevalidate += 1;
      shared.wait();
      return entry.reply;
    }
    if (underWay) this.#counts.joined += 1;
    return shared.wait(signal).catch((error: unknown) => this.#standIn(read, error));
  }

  #underWay({ flights }: KnownRead, timeout: number | undefined): SharedRequest | undefined {
    const flight = flights.get(timeout);
    const joinable = flight && !flight.shared.abandoned && this.#isWithin(this.#policy.ttl, flight.startedAt);
    return joinable ? flight.shared : undefined;
  }

  #send(read: KnownRead, timeout: number | undefined, request: ApiRequest, next: Next): SharedRequest {
    const { flights } = read;
    const startedAt = this.#policy.now();
    const shared = new SharedRequest((signal) =>
      this.#ask(read, { ...request, signal }, next, startedAt).finally(() => {
        if (flights.get(timeout)?.shared === shared) flights.delete(timeout);
        this.#reads.forget(read);
      }),
    );
    flights.set(timeout, { shared, startedAt });
    return shared;
  }

  /** Asks the server, with the tag of what is kept if there is one, and keeps the answer. */
  async #ask(read: KnownRead, request: ApiRequest, next: Next, askedAt: number): Promise<ApiResponse> {
    const known = read.entry;
    this.#counts.requests += 1;
    const order = this.#counts.requests;
    try {
      const response = await next(known?.etag === undefined ? request : ifNoneMatch(request, known.etag));
      const stillHolds = response.status === 304 && known;
      const entry = stillHolds ? { ...known, askedAt, order } : newEntry(response, askedAt, order);
      if (response.status === 304) this.#counts.notModified += 1;
      if (this.#reads.keep(read, entry)) this.#counts.evictions += 1;
      return entry.reply;
    } catch (error) {
      if (isRefusal(error)) this.#reads.drop(read);
      throw error;
    }
  }

  /** Gives an old reply in the place of a failure, where that is allowed. */
  #standIn({ shape, entry }: KnownRead, error: unknown): ApiResponse {
    const { ttl, staleIfError, onStaleIfError, now } = this.#policy;
    if (!entry || !isOutage(error) || !this.#isWithin(ttl + staleIfError, entry.askedAt)) throw error;
    this.#counts.staleIfError += 1;
    try {
      onStaleIfError({ path: shape.path, age: now() - entry.askedAt, error });
    } catch {
      // A log line that fails must not cost the caller the value.
    }
    return entry.reply;
  }

  /** A time in the future is not within: the clock was set back, and nobody knows how old the entry is. */
  #isWithin(span: number, since: number): boolean {
    const age = this.#policy.now() - since;
    return age >= 0 && age < span;
  }
}

function ifNoneMatch(request: ApiRequest, etag: string): ApiRequest {
  return { ...request, headers: { ...request.headers, "if-none-match": etag } };
}

function newEntry(response: ApiResponse, askedAt: number, order: number): Entry {
  const etag = response.headers["etag"];
  return { reply: shareReply(response), etag, askedAt, order };
}
