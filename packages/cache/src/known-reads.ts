import type { ApiResponse } from "@infisical/core";
import type { Moment } from "./ages.ts";
import { isSameRequest, type RequestShape, shapeOf } from "./same-request.ts";
import type { SharedRequest } from "./shared-request.ts";

/** A response that is kept. */
export interface Entry {
  readonly response: ApiResponse;
  /** The tag to ask with whether it still holds. */
  readonly etag: string | undefined;
  /** When it was asked for; what it says was true no earlier than that. */
  readonly asked: Moment;
  /** Of two entries, the one that was asked for later has the higher one, whatever the clock did meanwhile. */
  readonly order: number;
}

/** A request under way. */
export interface Flight {
  readonly shared: SharedRequest;
  readonly started: Moment;
}

/** One read, with what is kept of it and what is under way for it. */
export interface KnownRead {
  readonly shape: RequestShape;
  /** By the timeout of their attempts. */
  readonly flights: Map<number | undefined, Flight>;
  entry: Entry | undefined;
  /** Grows with every use of any read. */
  usedAt: number;
  /** Whether what is under way for it must not be kept any more. */
  invalid: boolean;
}

/** The reads of one identity. */
export class KnownReads {
  readonly #maxEntries: number;
  /** By path, since comparing whole requests is for those that have the same one. */
  readonly #byPath = new Map<string, KnownRead[]>();
  readonly #kept = new Set<KnownRead>();
  #uses = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** How many responses are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** Gives what is known of a read, and marks it as used. */
  get(request: RequestShape): KnownRead {
    const read = this.#byPath.get(request.path)?.find(({ shape }) => isSameRequest(shape, request));
    const known = read ?? this.#add(request);
    known.usedAt = ++this.#uses;
    return known;
  }

  /** Keeps a response unless a newer one is kept, and tells whether the one not used for longest had to go. */
  keep(read: KnownRead, entry: Entry): boolean {
    if (read.invalid || (read.entry && read.entry.order > entry.order)) return false;
    read.entry = entry;
    this.#kept.add(read);
    if (this.#kept.size <= this.#maxEntries) return false;
    this.drop(leastRecent(this.#kept));
    return true;
  }

  /** Drops the response that is kept of a read. */
  drop(read: KnownRead): void {
    read.entry = undefined;
    this.#kept.delete(read);
    this.forget(read);
  }

  /** Forgets a read of which nothing is kept and for which nothing is under way. */
  forget(read: KnownRead): void {
    if (!read.entry && read.flights.size === 0) this.#remove(read);
  }

  /** Drops reads with what is under way for them: the next ones start anew. */
  invalidate(concerns: (shape: RequestShape) => boolean): void {
    for (const read of [...this.#byPath.values()].flat()) {
      if (!concerns(read.shape)) continue;
      read.invalid = true;
      this.drop(read);
      this.#remove(read);
    }
  }

  #add(request: RequestShape): KnownRead {
    const shape = shapeOf(request);
    const read: KnownRead = { shape, flights: new Map(), entry: undefined, usedAt: 0, invalid: false };
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
