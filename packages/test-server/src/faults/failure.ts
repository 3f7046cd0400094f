import type { LoggedRequest } from "../request-log.ts";

/** Which requests fail. An omitted field matches every request. */
export interface FailureMatch {
  /** The HTTP method, in any case. */
  readonly method?: string | undefined;
  /** The whole path without the query, or a pattern that matches a part of it. */
  readonly path?: string | RegExp | undefined;
  /**
   * How many matching requests fail; `Infinity` for all.
   *
   * @defaultValue 1
   */
  readonly times?: number | undefined;
  /**
   * How many matching requests are answered normally first.
   *
   * @defaultValue 0
   */
  readonly after?: number | undefined;
  /** A further condition. For `refuse`, the request has no body yet. */
  readonly when?: ((request: LoggedRequest) => boolean) | undefined;
}

/** What happens to a request instead of its normal response. */
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
  /**
   * Further headers of the response.
   *
   * @defaultValue none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The body. A string is sent unchanged, anything else as JSON.
   *
   * @defaultValue an Infisical error body
   */
  readonly body?: unknown;
}

/** Answers normally, but later, by the server's clock. */
export interface DelayFailure {
  /** How much later, in milliseconds. */
  readonly delay: number;
}

/**
 * Never finishes the response: sends nothing, or its headers and half of its body.
 *
 * A response without a body, such as a 304, is complete with its headers and arrives whole.
 */
export interface StallFailure {
  /** Where it stalls: before the headers, or in the middle of the body. */
  readonly stall: "headers" | "body";
}

/** Breaks the connection, before or after the work is done. */
export interface DropFailure {
  /** When it breaks: before or after the work is done. The client cannot tell which. */
  readonly drop: "before" | "after";
}

/**
 * Breaks the connection before the request is read.
 *
 * In process this is `ECONNREFUSED`. A listening socket cannot refuse a single request, so there it is a reset.
 */
export interface RefuseFailure {
  /** Always `true`. */
  readonly refuse: true;
}

/**
 * Cuts the body of the normal response in half.
 *
 * With `"body"` (or `true`) the body ends cleanly and is not valid JSON; with `"connection"` the connection breaks
 * before the end of the body. A response without a body, such as a 304, arrives whole.
 */
export interface TruncateFailure {
  /** How the cut shows: as a body that is not JSON, or as a broken connection. */
  readonly truncate: true | "body" | "connection";
}

/** Answers with 200 and an HTML page, as proxies do; the work is not done. */
export interface GarbageFailure {
  /** Always `true`. */
  readonly garbage: true;
}

/** Answers with a redirect; the work is not done. */
export interface RedirectFailure {
  /** The `location` header. */
  readonly redirect: string;
  /**
   * The HTTP status.
   *
   * @defaultValue 302
   */
  readonly status?: number | undefined;
}

/** Answers as a server whose rate limit is exceeded; the work is not done. */
export interface RateLimitFailure {
  /** How the limit is reported; `{}` for a 429 as current servers send it. */
  readonly rateLimit: {
    /**
     * Seconds to wait, or an HTTP date.
     *
     * @defaultValue 60
     */
    readonly retryAfter?: number | string | undefined;
    /**
     * Whether the `retry-after` header is sent.
     *
     * @defaultValue true
     */
    readonly header?: boolean | undefined;
    /**
     * Whether the message includes the time to wait.
     *
     * @defaultValue true
     */
    readonly message?: boolean | undefined;
    /**
     * Whether to send the 500 of older servers instead of a 429.
     *
     * @defaultValue false
     */
    readonly legacy?: boolean | undefined;
  };
}

/** An ordered failure. */
export interface FailureHandle {
  /** How many requests it has made fail. */
  readonly count: number;
  /** Removes the failure. */
  remove(): void;
}
