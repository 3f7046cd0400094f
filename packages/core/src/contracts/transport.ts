/** One request, exactly as it goes over the wire. */
export interface TransportRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The whole address, query included. */
  readonly url: string;
  /** The headers, names in lower case. The transport adds `host`, `content-length` and what it needs itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body; `undefined` where there is none. */
  readonly body?: string | undefined;
  /** Whether sending it twice does no harm. A request that is not idempotent must never be sent twice. */
  readonly idempotent: boolean;
  /** Aborts when the attempt must end, at whatever stage it is. */
  readonly signal: AbortSignal;
}

/** Headers by their lower-case names; values of a repeated header are joined by `", "`. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/** One complete response. */
export interface TransportResponse {
  /** The HTTP status; 0 for a redirect whose status the platform hides, as browsers do. */
  readonly status: number;
  /** The headers, names in lower case. */
  readonly headers: ResponseHeaders;
  /** The whole body, decompressed and decoded as UTF-8; empty where there is none. */
  readonly body: string;
}

/** One response whose body is still arriving. */
export interface TransportStream {
  /** The HTTP status; 0 for a redirect whose status the platform hides, as browsers do. */
  readonly status: number;
  /** The headers, names in lower case. */
  readonly headers: ResponseHeaders;
  /**
   * The body as it arrives, decoded as UTF-8, in pieces of any size.
   *
   * It can be read once. Leaving the loop ends the exchange, and so does the request's `signal`, with which the loop
   * rejects like that of any other failure: with a {@link TransportError}.
   */
  readonly body: AsyncIterable<string>;
}

/**
 * Sends one request and reads its whole response: nothing else in a client touches the network.
 *
 * A transport makes a single attempt. It repeats nothing, follows no redirect, has no time limit of its own, and
 * treats no status as a failure. It resolves only after the last byte, and rejects with a {@link TransportError}
 * in every other case, an aborted `signal` included. Everything above it belongs to the client: tokens, retries,
 * time limits, and what a response means.
 *
 * @example
 * import { createClient, type Transport, TransportError } from "@infisical/core";
 * const viaFetch: Transport = async ({ method, url, headers, body, signal }) => {
 *   try {
 *     const init = { method, headers, body: body ?? null, redirect: "manual", signal } as const;
 *     const response = await fetch(url, init);
 *     return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
 *   } catch {
 *     throw new TransportError("The exchange failed.", { sent: true });
 *   }
 * };
 * createClient({ transport: viaFetch });
 */
export interface Transport {
  /**
   * Sends one request.
   *
   * @param request - What to send.
   * @returns The complete response, whatever its status.
   * @throws {TransportError} No complete response arrived; `sent` says whether a server may have seen the request.
   */
  (request: TransportRequest): Promise<TransportResponse>;
  /**
   * The largest body that the transport accepts, in bytes after decompression.
   *
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxResponseSize?: number | undefined;
  /**
   * Sends one request and resolves as soon as the response's headers are there. Optional: whoever needs it finds another
   * way without it.
   *
   * Everything else is as for a whole response. The body has no size limit, since it may never end; it is asked for, and
   * accepted, without compression. While nobody reads, the server has to wait. Where the platform allows it, an open
   * body does not keep the process alive.
   *
   * @param request - What to send.
   * @returns The response, whatever its status.
   * @throws {TransportError} No headers arrived; `sent` says whether a server may have seen the request.
   */
  readonly stream?: ((request: TransportRequest) => Promise<TransportStream>) | undefined;
  /** Closes idle connections; called when a client closes that created the transport itself. Optional. */
  readonly close?: (() => void) | undefined;
}

/** The largest response body by default: 64 MiB after decompression. */
export const defaultMaxResponseSize: number = 64 * 1024 * 1024;

/** The fields of a {@link TransportError}. */
export interface TransportErrorOptions {
  /** Whether a server may have seen the request; `true` if that is not known. */
  readonly sent: boolean;
  /**
   * What went wrong, as a stable word: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `ABORTED`, `RESPONSE_TOO_LARGE`.
   *
   * @defaultValue none
   */
  readonly code?: string | undefined;
}

/**
 * An exchange without a complete response. Transports reject with it, and with nothing else.
 *
 * The message must not contain anything that the request carried. Two codes have a meaning to the client: `ABORTED`, after
 * the request's signal aborted, and `RESPONSE_TOO_LARGE`, for a body beyond `maxResponseSize`.
 *
 * @example
 * import { TransportError } from "@infisical/core";
 * const refused = new TransportError("connect ECONNREFUSED 127.0.0.1:443", { sent: false, code: "ECONNREFUSED" });
 * console.log(refused.sent); // false
 */
export class TransportError extends Error {
  /** The class's name, by which other copies of this package recognize it. */
  override readonly name = "TransportError";

  /** Whether a server may have seen the request. Only if it is `false` can a write be sent again. */
  readonly sent: boolean;

  /** What went wrong, as a stable word; `undefined` where there is none. */
  readonly code: string | undefined;

  constructor(message: string, { sent, code }: TransportErrorOptions) {
    super(message);
    this.sent = sent;
    this.code = code;
  }
}

/** Whether a value is a {@link TransportError}, whichever copy of the package made it. */
export function isTransportError(error: unknown): error is TransportError {
  const { name, sent } = Object(error) as Partial<TransportError>;
  return name === "TransportError" && typeof sent === "boolean";
}
