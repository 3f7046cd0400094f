import { type Call, callHead, normalizeHeaders } from "../api/http.ts";
import { InProcessExchange, TransportError } from "./in-process-exchange.ts";
import type { Responder } from "./responder.ts";

/** One request, as the SDK passes it to its transport. */
export interface TestTransportRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The URL, including the query. The host does not matter, so a bare path is enough. */
  readonly url: string;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body.
   *
   * @defaultValue none
   */
  readonly body?: string | undefined;
  /** Whether the request can safely be sent twice. The server ignores it. */
  readonly idempotent?: boolean | undefined;
  /**
   * Ends the exchange when it aborts; the server can end it too.
   *
   * @defaultValue none
   */
  readonly signal?: AbortSignal | undefined;
}

/** One complete response. */
export interface TestTransportResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with lower-case names. Values of a repeated header are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; empty if there is none. */
  readonly body: string;
}

/** One response whose body is still arriving. */
export interface TestTransportStream extends Omit<TestTransportResponse, "body"> {
  /**
   * The body as it arrives, in pieces of any size, for one reader. Leaving the loop ends the exchange, and so does the
   * request's signal.
   */
  readonly body: AsyncIterable<string>;
}

/** Sends requests to a test server. It has the shape of the SDK's `Transport`. */
export interface TestTransport {
  /**
   * Sends one request. Of a response that is a stream, it waits for the end.
   *
   * @param request - What to send.
   * @returns The complete response, whatever its status.
   * @throws TransportError if no complete response arrives.
   */
  (request: TestTransportRequest): Promise<TestTransportResponse>;
  /**
   * Sends one request and resolves as soon as the headers are there.
   *
   * @param request - What to send.
   * @returns The response, whatever its status.
   * @throws TransportError if no headers arrive; reading the body throws it if the rest does not arrive.
   */
  stream(request: TestTransportRequest): Promise<TestTransportStream>;
}

/** A transport that the responder answers without sockets, whatever the host. */
export function inProcessTransport(responder: Responder): TestTransport {
  const send = async (request: TestTransportRequest): Promise<TestTransportResponse> => {
    const exchange = begin(responder, request);
    const { status, headers, body } = await exchange.response;
    if (typeof body === "string") return { status, headers, body };
    let text = "";
    for await (const piece of body) text += piece;
    return { status, headers, body: text };
  };
  const stream = async (request: TestTransportRequest): Promise<TestTransportStream> => {
    const { status, headers, body } = await begin(responder, request).response;
    return { status, headers, body: typeof body === "string" ? onePiece(body) : body };
  };
  return Object.assign(send, { stream });
}

function begin(responder: Responder, { method, url, headers, body, signal }: TestTransportRequest) {
  if (signal?.aborted) throw new TransportError("ABORTED", { sent: false });
  const head = callHead(method, targetOf(url), normalizeHeaders(headers));
  if (responder.refuses(head)) throw new TransportError("ECONNREFUSED", { sent: false });
  const call: Call = { ...head, bodyText: body };
  return new InProcessExchange(responder, call, signal);
}

/** Accepts a bare path too, since the host does not matter. */
function targetOf(url: string): string {
  try {
    const { pathname, search } = new URL(url, "http://test-server");
    return pathname + search;
  } catch {
    throw new TransportError("ERR_INVALID_URL", { sent: false });
  }
}

async function* onePiece(text: string): AsyncGenerator<string, undefined> {
  if (text !== "") yield text;
}
