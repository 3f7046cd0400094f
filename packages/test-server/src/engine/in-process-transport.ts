import { type Call, callHead, normalizeHeaders } from "../api/http.ts";
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

/** Sends one request to a test server. It has the shape of the SDK's `Transport`. */
export type TestTransport = (request: TestTransportRequest) => Promise<TestTransportResponse>;

/** Why an exchange has no complete response. */
type TransportErrorCode = "ABORTED" | "ECONNREFUSED" | "ECONNRESET" | "ERR_INVALID_URL";

const messages: Readonly<Record<TransportErrorCode, string>> = {
  ABORTED: "The request was aborted",
  ECONNREFUSED: "connect ECONNREFUSED",
  ECONNRESET: "read ECONNRESET",
  ERR_INVALID_URL: "The request's URL is invalid",
};

/** An exchange without a complete response. Clients recognize it by its name: this package imports none of theirs. */
class TransportError extends Error {
  override readonly name = "TransportError";
  /** Whether the server can have seen the request. */
  readonly sent: boolean;
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, { sent }: { readonly sent: boolean }) {
    super(messages[code]);
    this.sent = sent;
    this.code = code;
  }
}

/** A transport that the responder answers without sockets, whatever the host. */
export function inProcessTransport(responder: Responder): TestTransport {
  return async (request) => {
    const { method, url, headers, body, signal } = request;
    if (signal?.aborted) throw new TransportError("ABORTED", { sent: false });
    const head = callHead(method, targetOf(url), normalizeHeaders(headers));
    if (responder.refuses(head)) throw new TransportError("ECONNREFUSED", { sent: false });
    return exchange(responder, { ...head, bodyText: body }, signal);
  };
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

/** Settles with the response, the client's signal or the end of the server, whichever comes first. */
function exchange(
  responder: Responder,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<TestTransportResponse> {
  return new Promise((resolve, reject) => {
    let delay: AbortController | undefined;
    const settle = (conclude: () => void): void => {
      signal?.removeEventListener("abort", abort);
      forget();
      delay?.abort();
      conclude();
    };
    const fail = (code: "ABORTED" | "ECONNRESET"): void =>
      settle(() => reject(new TransportError(code, { sent: true })));
    const abort = (): void => fail("ABORTED");
    const forget = responder.whenHungUp(() => fail("ECONNRESET"));
    signal?.addEventListener("abort", abort, { once: true });
    const delivery = responder.deliver(call, () => {
      delay = new AbortController();
      return delay.signal;
    });
    delivery.then(
      (delivered) => {
        if (delivered.kind === "response") settle(() => resolve(delivered.response));
        else if (delivered.kind !== "stall") fail("ECONNRESET");
      },
      (error) => settle(() => reject(error)),
    );
  });
}
