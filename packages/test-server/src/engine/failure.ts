import { z } from "zod";
import {
  accepting,
  boolean,
  type Check,
  count,
  described,
  issuesOf,
  type ObjectOf,
  object,
  oneOf,
  optional,
  record,
  text,
} from "./check.ts";
import type { LoggedRequest } from "./responder.ts";

const failureMatch = object({
  /** The HTTP method, in any case. */
  method: optional(text),
  /** The whole path without the query, or a pattern that matches a part of it. */
  path: optional<string | RegExp>(z.union([z.string(), z.instanceof(RegExp)])),
  /**
   * How many matching requests fail; `Infinity` for all.
   *
   * @defaultValue 1
   */
  times: optional(count),
  /**
   * How many matching requests are answered normally first.
   *
   * @defaultValue 0
   */
  after: optional(count),
  /** A further condition. For `refuse`, the request has no body yet. */
  when: optional(accepting<(request: LoggedRequest) => boolean>(z.function())),
});

/** Which requests fail. An omitted field matches every request. */
export interface FailureMatch extends ObjectOf<typeof failureMatch.fields> {}

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

const always: Check<true> = z.literal(true);

const statusFailure = object({
  /** The HTTP status. */
  status: accepting<number>(z.number().int().min(200).max(599)),
  /**
   * Further headers of the response.
   *
   * @defaultValue none
   */
  headers: optional(record(text)),
  /**
   * The body. A string is sent unchanged, anything else as JSON.
   *
   * @defaultValue an Infisical error body
   */
  body: accepting<unknown>(z.unknown()),
});

/** Answers with a status; the work is not done. */
export interface StatusFailure extends ObjectOf<typeof statusFailure.fields> {}

const delayFailure = object({
  /** How much later, in milliseconds. */
  delay: count,
});

/** Answers normally, but later, by the server's clock. */
export interface DelayFailure extends ObjectOf<typeof delayFailure.fields> {}

const stallFailure = object({
  /** Where it stalls: before the headers, or in the middle of the body. */
  stall: oneOf("headers", "body"),
});

/**
 * Never finishes the response: sends nothing, or its headers and half of its body.
 *
 * A response without a body, such as a 304, is complete with its headers and arrives whole.
 */
export interface StallFailure extends ObjectOf<typeof stallFailure.fields> {}

const dropFailure = object({
  /** When it breaks: before or after the work is done. The client cannot tell which. */
  drop: oneOf("before", "after"),
});

/** Breaks the connection, before or after the work is done. */
export interface DropFailure extends ObjectOf<typeof dropFailure.fields> {}

const refuseFailure = object({
  /** Always `true`. */
  refuse: always,
});

/**
 * Breaks the connection before the request is read.
 *
 * In process this is `ECONNREFUSED`. A listening socket cannot refuse a single request, so there it is a reset.
 */
export interface RefuseFailure extends ObjectOf<typeof refuseFailure.fields> {}

const truncateFailure = object({
  /** How the cut shows: as a body that is not JSON, or as a broken connection. */
  truncate: accepting<true | "body" | "connection">(
    z.union([z.literal(true), z.enum(["body", "connection"])]),
  ),
});

/**
 * Cuts the body of the normal response in half.
 *
 * With `"body"` (or `true`) the body ends cleanly and is not valid JSON; with `"connection"` the connection breaks
 * before the end of the body. A response without a body, such as a 304, arrives whole.
 */
export interface TruncateFailure extends ObjectOf<typeof truncateFailure.fields> {}

const garbageFailure = object({
  /** Always `true`. */
  garbage: always,
});

/** Answers with 200 and an HTML page, as proxies do; the work is not done. */
export interface GarbageFailure extends ObjectOf<typeof garbageFailure.fields> {}

const redirectFailure = object({
  /** The `location` header. */
  redirect: text,
  /**
   * The HTTP status.
   *
   * @defaultValue 302
   */
  status: optional<number>(z.number().int().min(300).max(399)),
});

/** Answers with a redirect; the work is not done. */
export interface RedirectFailure extends ObjectOf<typeof redirectFailure.fields> {}

const rateLimitFailure = object({
  /** How the limit is reported; `{}` for a 429 as current servers send it. */
  rateLimit: object({
    /**
     * Seconds to wait, or an HTTP date.
     *
     * @defaultValue 60
     */
    retryAfter: optional<number | string>(z.union([z.number(), z.string()])),
    /**
     * Whether the `retry-after` header is sent.
     *
     * @defaultValue true
     */
    header: optional(boolean),
    /**
     * Whether the message includes the time to wait.
     *
     * @defaultValue true
     */
    message: optional(boolean),
    /**
     * Whether to send the 500 of older servers instead of a 429.
     *
     * @defaultValue false
     */
    legacy: optional(boolean),
  }),
});

/** Answers as a server whose rate limit is exceeded; the work is not done. */
export interface RateLimitFailure extends ObjectOf<typeof rateLimitFailure.fields> {}

/** The kinds of failures, by the field that identifies each. */
const kinds: Readonly<Record<string, Check<unknown>>> = {
  delay: delayFailure,
  stall: stallFailure,
  drop: dropFailure,
  refuse: refuseFailure,
  truncate: truncateFailure,
  garbage: garbageFailure,
  redirect: redirectFailure,
  rateLimit: rateLimitFailure,
  status: statusFailure,
};

/**
 * Checks an ordered failure: a misspelled one would never happen, and a test would pass for the wrong reason.
 *
 * @throws TypeError that names the wrong field.
 */
export function checkFailure(match: FailureMatch, failure: Failure): void {
  check("match", failureMatch, match);
  const kind = Object.entries(kinds).find(([name]) => Object.hasOwn(Object(failure), name));
  if (!kind) throw new TypeError(`failure: must have one of ${Object.keys(kinds).join(", ")}`);
  check("failure", kind[1], failure);
}

function check(name: string, schema: Check<unknown>, value: unknown): void {
  const [issue] = issuesOf(schema, value);
  if (issue) throw new TypeError(described([{ ...issue, path: [name, ...issue.path] }]));
}

/** An ordered failure. */
export interface FailureHandle {
  /** How many requests it has made fail. */
  readonly count: number;
  /** Removes the failure. */
  remove(): void;
}
