import { Readable } from "node:stream";
import type { TransportRequest, TransportResponse } from "@infisical/core";
import type { Dispatcher } from "undici";
import { acceptedEncodings } from "./body-reader.ts";
import { ResponseHandler } from "./response-handler.ts";
import type { Target } from "./target.ts";

/** Who sends a request, and within which limits. */
export interface ExchangeSettings {
  readonly dispatcher: Dispatcher;
  /** Where the request goes. */
  readonly target: Target;
  /** Whether the dispatcher is the user's, which may speak HTTP/2 or retry. */
  readonly isGiven: boolean;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
}

/** Sends one request through a dispatcher and reads its whole response. */
export function exchange(
  request: TransportRequest,
  { dispatcher, target, isGiven, maxResponseSize }: ExchangeSettings,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const { origin, path, secure } = target;
    const handler = new ResponseHandler({ request, secure, maxResponseSize, resolve, reject });
    const options: Dispatcher.DispatchOptions = {
      origin,
      path,
      method: request.method,
      // A copy, since proxy agents add to it.
      headers: { "accept-encoding": acceptedEncodings, ...request.headers },
      body: request.body ?? null,
      // One that is not waits until a connection has nothing else to do.
      idempotent: request.idempotent,
      // Time limits are the client's.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    try {
      dispatcher.dispatch(isGiven ? withStreamedBody(options) : options, handler);
    } catch (error) {
      // Of composed dispatchers; undici's own tell the handler.
      handler.onResponseError(undefined, error);
    }
  });
}

/** Over HTTP/2, undici 7 sends the body of these methods only; that of a DELETE makes its own assertion fail. */
const methodsWithBody = ["POST", "PUT", "PATCH"];

/**
 * Makes a stream of a body, where that is needed.
 *
 * A stream can be read once, so an agent that retries knows that it must not send a write again; it would do so with a
 * DELETE or a PUT. And a stream is the only body that undici can send with every method over HTTP/2.
 */
function withStreamedBody(options: Dispatcher.DispatchOptions): Dispatcher.DispatchOptions {
  const { body, headers, idempotent, method } = options;
  if (idempotent && (body === null || methodsWithBody.includes(method))) return options;
  const bytes = Buffer.from((body as string | null) ?? "");
  // Without its length it would go in chunks over HTTP/1.1.
  const length = bytes.length > 0 ? { "content-length": String(bytes.length) } : {};
  // An empty piece too counts as read.
  return { ...options, headers: { ...(headers as object), ...length }, body: Readable.from([bytes]) };
}
