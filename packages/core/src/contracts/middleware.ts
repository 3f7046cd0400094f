import { InfisicalSDKError } from "../errors/errors.ts";
import { abortable } from "../support/wait.ts";
import type { EmitOfCall } from "./events.ts";
import type { HttpRequest } from "./http-client.ts";
import type { ResponseHeaders } from "./transport.ts";

/** A request on its way through the middleware. */
export interface ApiRequest extends HttpRequest {
  /**
   * Represents the identity that makes the call: the same object as long as the client acts as one identity,
   * another one after a switch. It looks empty; use it as a key, or pass it to `scopeOf` of `@infisical/core/authoring`.
   */
  readonly identity: object;
  /**
   * Publishes an event about this call; `undefined` while nobody listens: `request.emit?.("cache-hit", { age })`.
   */
  readonly emit?: EmitOfCall | undefined;
}

/** A response on its way back: a 2xx, or a 304 to a request with an `if-none-match` header. */
export interface ApiResponse<Body = unknown> {
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers, by their lower-case names. */
  readonly headers: ResponseHeaders;
  /** The parsed JSON; `undefined` with 204 and 304. */
  readonly body: Body;
}

/** Sends a request on to the next middleware, or to the server after the last one. */
export type Next = (request: ApiRequest) => Promise<ApiResponse>;

/**
 * Sees every call once, outside authentication and retries; the first in the list is the outermost.
 *
 * Failures reach it as the errors that `next` rejects with.
 *
 * @param request - The request; pass it on, or a changed copy of it.
 * @param next - Sends it on.
 * @returns The response, from `next` or made by the middleware itself.
 *
 * @example
 * import { createClient, type Middleware } from "@infisical/core";
 * const timing: Middleware = async (request, next) => {
 *   const start = performance.now();
 *   const response = await next(request);
 *   console.log(request.method, request.path, Math.round(performance.now() - start));
 *   return response;
 * };
 * createClient({ middleware: [timing] });
 */
export type Middleware = (request: ApiRequest, next: Next) => Promise<ApiResponse>;

/** Wraps middleware around the last step, the first of the list outermost. A call's signal ends the wait for all of it. */
export function compose(middleware: readonly Middleware[], last: Next): Next {
  if (middleware.length === 0) return last;
  const chain = middleware.reduceRight<Next>(
    (next, layer, index) => async (request) => {
      const response: unknown = await layer(request, next);
      if (isResponse(response)) return response;
      const text = `middleware[${index}] must resolve to a response with status, headers and body, such as what next resolves to.`;
      throw new InfisicalSDKError(text, { code: "INVALID_RESPONSE" });
    },
    last,
  );
  return (request) => abortable(chain(request), request.signal);
}

function isResponse(response: unknown): response is ApiResponse {
  const { status, headers } = Object(response) as Partial<ApiResponse>;
  return typeof status === "number" && typeof headers === "object" && headers !== null;
}
