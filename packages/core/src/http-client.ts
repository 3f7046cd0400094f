import type { Duration } from "./duration.ts";

/** The HTTP methods that Infisical's API uses. */
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What may stand in a query; booleans are sent as `true` and `false`, `undefined` is left out. */
export type QueryValue = string | number | boolean | undefined;

/** The type that a field of a reply must have. */
export type ReplyFieldType = "array" | "object" | "string" | "number" | "boolean";

/** The fields that a reply must have, with their types. */
export type ReplyShape = Readonly<Record<string, ReplyFieldType>>;

/** What every call takes beside its own options. */
export interface CallOptions {
  /** Ends the call at once, waits included; the call rejects with the signal's own reason. None unless given. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one attempt may take, up to the last byte of the reply: milliseconds or a string such as `"10s"`.
   *
   * @defaultValue the client's `timeout`
   */
  readonly timeout?: Duration | undefined;
}

/** One request to the API. */
export interface HttpRequest extends CallOptions {
  /** The HTTP method. */
  readonly method: HttpMethod;
  /** The path from `/api` on; build it with {@link apiPath} where it holds a name or an id. */
  readonly path: string;
  /** The query; booleans are sent as `true` and `false`, `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON; fields that are `undefined` are left out. */
  readonly body?: unknown;
  /** Further headers, names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the request changes nothing on the server, so that it may be sent again and caches may stay.
   *
   * @defaultValue true for GET, false for every other method
   */
  readonly readOnly?: boolean | undefined;
  /**
   * The fields that the reply must have; several shapes mean one of them.
   *
   * A reply that lacks them is an error with code `INVALID_RESPONSE`. Without `expect`, any JSON will do.
   */
  readonly expect?: ReplyShape | readonly ReplyShape[] | undefined;
  /**
   * Whether the call gives the whole reply, an {@link ApiResponse} with status and headers, and not its body only.
   *
   * Middleware sees the whole reply in either case.
   *
   * @defaultValue false
   */
  readonly fullReply?: boolean | undefined;
}

/**
 * Sends requests for a plugin or a strategy, with the client's address, headers, timeouts and retries.
 *
 * The one that plugins get carries the session's token; the one that strategies get carries none.
 *
 * @example
 * import { apiPath, type HttpClient } from "@infisical/core";
 * const getTag = (http: HttpClient, projectId: string, tagId: string) =>
 *   http.request<{ tag: { slug: string } }>({
 *     method: "GET",
 *     path: apiPath`/api/v1/projects/${{ projectId }}/tags/${{ tagId }}`,
 *     expect: { tag: "object" },
 *   });
 */
export interface HttpClient {
  /**
   * Sends one request and gives the body of its reply, or with `fullReply` all of it.
   *
   * @param request - What to send.
   * @returns The reply's JSON, as the server sent it; `undefined` after a 204 and a 304.
   * @throws {InfisicalSDKRequestError} Any reply but a 2xx, and none at all; see `code`.
   */
  request<Reply>(request: HttpRequest): Promise<Reply>;
}
