import type { LoggedRequest } from "../request-log.js";

/** Which requests fail. A field that is left out matches all. */
export interface FailureMatch {
  /** The HTTP method, in any case. */
  readonly method?: string | undefined;
  /** The whole path without the query, or a pattern that is found in it. */
  readonly path?: string | RegExp | undefined;
  /** How many matching requests fail; `Infinity` for all. Default: 1. */
  readonly times?: number | undefined;
  /** How many matching requests are answered normally first. Default: 0. */
  readonly after?: number | undefined;
  /** A further condition. For `refuse` the request has no body yet. */
  readonly when?: ((request: LoggedRequest) => boolean) | undefined;
}

/** What happens to a request instead of its normal answer. */
export type Failure =
  | StatusFailure
  | DelayFailure
  | StallFailure
  | DropFailure
  | RefuseFailure
  | TruncateFailure
  | GarbageFailure
  | RedirectFailure
  | RateLimitFailure;

/** Answers with a status; the work is not done. */
export interface StatusFailure {
  /** The HTTP status. */
  readonly status: number;
  /** Further headers of the answer. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A string goes out as it is, anything else as JSON. Default: an Infisical error body. */
  readonly body?: unknown;
}

/** Answers normally, but later. The server's clock counts. */
export interface DelayFailure {
  /** How much later, in milliseconds. */
  readonly delay: number;
}

/**
 * Never finishes the answer: sends nothing, or its headers and half of its body.
 *
 * An answer without a body, such as a 304, is complete with its headers and arrives whole.
 */
export interface StallFailure {
  /** Where it falls silent: before the headers, or in the middle of the body. */
  readonly stall: "headers" | "body";
}

/** Breaks the connection, before or after the work was done. */
export interface DropFailure {
  /** When it breaks: before the work is done, or after it, so that the client cannot know. */
  readonly drop: "before" | "after";
}

/**
 * Breaks the connection before the request is read.
 *
 * In process this is `ECONNREFUSED`; a socket that listens cannot refuse one request, so there it is a reset.
 */
export interface RefuseFailure {
  /** Always `true`. */
  readonly refuse: true;
}

/**
 * Cuts the body of the normal answer in half.
 *
 * `"body"` (or `true`) ends cleanly and is not valid JSON; `"connection"` breaks off short of its length.
 * An answer without a body, such as a 304, has no half and arrives whole.
 */
export interface TruncateFailure {
  /** How the cut shows: as a body that is no JSON, or as a connection that breaks off. */
  readonly truncate: true | "body" | "connection";
}

/** Answers 200 with a page of HTML, as proxies do; the work is not done. */
export interface GarbageFailure {
  /** Always `true`. */
  readonly garbage: true;
}

/** Answers with a redirect; the work is not done. */
export interface RedirectFailure {
  /** Where to: the `location` header. */
  readonly redirect: string;
  /** Default: 302. */
  readonly status?: number | undefined;
}

/** Answers as a server does whose rate limit is used up; the work is not done. */
export interface RateLimitFailure {
  /** How the limit is said; `{}` for a 429 as current servers send it. */
  readonly rateLimit: {
    /** Seconds to wait, or a date as HTTP writes it. Default: 60. */
    readonly retryAfter?: number | string | undefined;
    /** Whether the `retry-after` header is sent. Default: `true`. */
    readonly header?: boolean | undefined;
    /** Whether the message says how long to wait. Default: `true`. */
    readonly message?: boolean | undefined;
    /** Whether it is the 500 of servers of 2024. Default: `false`, a 429. */
    readonly legacy?: boolean | undefined;
  };
}

/** A failure that was ordered. */
export interface FailureHandle {
  /** How many requests it has failed. */
  readonly count: number;
  /** Takes it back. */
  remove(): void;
}
