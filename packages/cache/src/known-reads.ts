import type { ApiResponse } from "@infisical/core";
import type { Moment } from "./ages.ts";
import { isSameRequest, type RequestShape, type SharedRequest, shapeOf } from "./shared-request.ts";

/** A response that is kept. */
export interface Entry {
  readonly response: ApiResponse;
  /** The tag with which to revalidate the response. */
  readonly etag: string | undefined;
  /** When the response was requested: it may have changed since. */
  readonly requestedAt: Moment;
  /** The same by the wall clock of the machine that requested it, in milliseconds since 1970. */
  readonly writtenAt: number;
  /** Of two entries, the one requested later has the higher number, whatever the clocks say. */
  readonly order: number;
  /** At which age it is replaced although it could still be served, in milliseconds. */
  refreshAge: number;
}

/** A request in flight. */
export interface Flight {
  readonly shared: SharedRequest;
  readonly startedAt: Moment;
}

/** One read, with its kept response and its requests in flight. */
export interface KnownRead {
  readonly shape: RequestShape;
  /** By the timeout of their attempts. */
  readonly inFlight: Map<number | undefined, Flight>;
  entry: Entry | undefined;
  /** Grows with every use of any read. */
  usedAt: number;
  /** Whether the responses of its requests in flight must not be kept. */
  invalid: boolean;
}

/** The reads of one identity, with what is kept of them. */
export class KnownReads {
  readonly #maxEntries: number;
  /** By path, so that only requests of the same path are compared. */
  readonly #byPath = new Map<string, KnownRead[]>();
  readonly #stored = new Set<KnownRead>();
  #uses = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** How many responses are kept. */
  get size(): number {
    return this.#stored.size;
  }

  /** Returns the read that a request is, and marks it as used. */
  get(request: RequestShape): KnownRead {
    const read = this.#find(request) ?? this.#add(request);
    read.usedAt = ++this.#uses;
    return read;
  }

  /** Keeps a response unless a newer one is kept, and tells whether the least recently used one was evicted. */
  store(read: KnownRead, entry: Entry): boolean {
    if (read.invalid || (read.entry && read.entry.order > entry.order)) return false;
    read.entry = entry;
    this.#stored.add(read);
    if (this.#stored.size <= this.#maxEntries) return false;
    this.evict(leastRecent(this.#stored));
    return true;
  }

  /** Drops the kept response of a read. */
  evict(read: KnownRead): void {
    read.entry = undefined;
    this.#stored.delete(read);
    this.prune(read);
  }

  /** Forgets a read that has neither a kept response nor a request in flight. */
  prune(read: KnownRead): void {
    if (!read.entry && read.inFlight.size === 0) this.#remove(read);
  }

  /** Drops reads together with their requests in flight: the next reads send new ones. */
  invalidate(concerns: (shape: RequestShape) => boolean): void {
    for (const read of [...this.#byPath.values()].flat()) {
      if (!concerns(read.shape)) continue;
      read.invalid = true;
      this.evict(read);
      this.#remove(read);
    }
  }

  #find(request: RequestShape): KnownRead | undefined {
    for (const read of this.#byPath.get(request.path) ?? []) {
      if (isSameRequest(read.shape, request)) return read;
    }
    return undefined;
  }

  #add(request: RequestShape): KnownRead {
    const shape = shapeOf(request);
    const read: KnownRead = { shape, inFlight: new Map(), entry: undefined, usedAt: 0, invalid: false };
    const others = this.#byPath.get(request.path);
    if (others) others.push(read);
    else this.#byPath.set(request.path, [read]);
    return read;
  }

  #remove(read: KnownRead): void {
    const { path } = read.shape;
    const others = this.#byPath.get(path)?.filter((each) => each !== read) ?? [];
    if (others.length > 0) this.#byPath.set(path, others);
    else this.#byPath.delete(path);
  }
}

function leastRecent(reads: Iterable<KnownRead>): KnownRead {
  return [...reads].reduce((oldest, read) => (read.usedAt < oldest.usedAt ? read : oldest));
}
