import type { HttpRequest } from "./http-client.ts";
import type { ResponseHeaders } from "./transport.ts";

/** A request on its way through the middleware. */
export interface ApiRequest extends HttpRequest {
  /**
   * Stands for who is asking: the same object as long as the client acts as one identity, another after
   * a switch. It is empty; use it as a key.
   */
  readonly identity: object;
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
