import type { Duration } from "../support/time.ts";

/** The HTTP methods that Infisical's API uses. */
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A value of a query; booleans are sent as `true` and `false`, `undefined` is left out. */
export type QueryValue = string | number | boolean | undefined;

/** The type that a field of a response must have. */
export type ResponseFieldType = "array" | "object" | "string" | "number" | "boolean";

/**
 * What a field of a response must be: of a type, an object with fields of its own, or a list whose every item is one
 * of these.
 */
export type ResponseField = ResponseFieldType | ResponseShape | readonly [ResponseField];

/**
 * The fields that a response must have. A name that ends with `?` means that the field may be missing or `null`.
 *
 * @example
 * import type { ResponseShape } from "@infisical/core";
 * const tags: ResponseShape = { tags: [{ slug: "string", "color?": "string" }] };
 */
export interface ResponseShape {
  readonly [field: string]: ResponseField;
}

/** What every call accepts besides its own options. */
export interface CallOptions {
  /** Ends the call immediately, waits included; the call rejects with the signal's own reason. None by default. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one attempt may take, up to the last byte of the response: milliseconds or a string such as `"10s"`.
   *
   * @defaultValue the client's `timeout`
   */
  readonly timeout?: Duration | undefined;
}

/** One request to the API. */
export interface HttpRequest extends CallOptions {
  /** The HTTP method. */
  readonly method: HttpMethod;
  /** The path, starting with `/api`; build it with `apiPath` of `@infisical/core/authoring` where it holds a name or an id. */
  readonly path: string;
  /** The query; booleans are sent as `true` and `false`, `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON; fields that are `undefined` are left out. */
  readonly body?: unknown;
  /** Additional headers, names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the request changes nothing on the server, so that caches keep what they have.
   *
   * @defaultValue true for GET, false for every other method
   */
  readonly readOnly?: boolean | undefined;
  /**
   * Whether sending the request twice has the same effect as sending it once, so that it may be sent again when its
   * outcome is unknown: deleting by id is idempotent, creating is not.
   *
   * @defaultValue `readOnly`
   */
  readonly idempotent?: boolean | undefined;
  /**
   * The method of the plugin that makes the request, such as `secrets.getSecret`, for events. It is not sent, and must
   * be the same for every call of the method, so it must not contain a name or an id.
   *
   * @defaultValue the HTTP method
   */
  readonly operation?: string | undefined;
  /**
   * What the path names, such as `{ secretName: "KEY" }`, for errors that tell what was not found. It is not sent, and
   * must not contain a value.
   *
   * @defaultValue none; the projects, environments and folders of query and body are known without it
   */
  readonly target?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * The fields that the response must have; several shapes mean one of them.
   *
   * A response without them is an error with code `INVALID_RESPONSE`. Without `expect`, any JSON is accepted. Name
   * whatever is used afterwards, at every depth.
   */
  readonly expect?: ResponseShape | readonly ResponseShape[] | undefined;
  /**
   * Whether the call resolves to the whole response, an {@link ApiResponse} with status and headers, instead of its
   * body.
   *
   * Middleware sees the whole response in either case.
   *
   * @defaultValue false
   */
  readonly fullResponse?: boolean | undefined;
  /**
   * Whether the call resolves as soon as a 2xx begins, to its text as it arrives: an `AsyncIterable<string>`.
   *
   * `timeout` then limits only the wait for the beginning, and `signal` ends the text as well. Leaving the loop over it
   * ends the exchange. `expect` is not compared with it. Middleware must pass the body on as it is.
   *
   * @defaultValue false
   */
  readonly streamed?: boolean | undefined;
}

/**
 * Sends requests for a plugin or a strategy, with the client's address, headers, timeouts and retries.
 *
 * The one for plugins adds the session's token; the one for strategies adds none.
 *
 * @example
 * import type { HttpClient } from "@infisical/core";
 * import { apiPath } from "@infisical/core/authoring";
 * const getTag = (http: HttpClient, projectId: string, tagId: string) =>
 *   http.request<{ tag: { slug: string } }>({
 *     method: "GET",
 *     path: apiPath`/api/v1/projects/${{ projectId }}/tags/${{ tagId }}`,
 *     expect: { tag: "object" },
 *   });
 */
export interface HttpClient {
  /**
   * Sends one request and resolves to the body of its response, or with `fullResponse` to all of it.
   *
   * @param request - What to send.
   * @returns The response's JSON, as the server sent it; `undefined` after a 204 and a 304.
   * @throws {InfisicalSDKRequestError} The response was not a 2xx, or none arrived; see `code`.
   * @throws {InfisicalSDKError} `NO_STREAM`: `streamed`, but the client's transport reads only whole responses.
   */
  request<Result>(request: HttpRequest): Promise<Result>;
}
