/** What a cache has done since it was made. */
export interface CacheStats {
  /** The responses that are kept for the identity that came last. */
  readonly entries: number;
  /** Reads answered from memory within `ttl`. */
  readonly hits: number;
  /** Reads answered with an old response while a new one was fetched. */
  readonly staleWhileRevalidate: number;
  /** Reads answered with an old response because of a failure. */
  readonly staleIfError: number;
  /** Reads that waited for a request which another read had sent. */
  readonly joined: number;
  /** Requests that reads have sent, those that ask whether a response still holds among them. */
  readonly requests: number;
  /** How many of these the server answered with 304: the response still held. */
  readonly notModified: number;
  /** Responses dropped because there were more than `maxEntries`. */
  readonly evictions: number;
}

/** The same but for the entries, to count in. */
export type Counts = { -readonly [Name in Exclude<keyof CacheStats, "entries">]: number };

/** Counts that stand at zero. */
export function zeroCounts(): Counts {
  return {
    hits: 0,
    staleWhileRevalidate: 0,
    staleIfError: 0,
    joined: 0,
    requests: 0,
    notModified: 0,
    evictions: 0,
  };
}
