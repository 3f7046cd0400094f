import { Readable } from "node:stream";
import type {
  ResponseHeaders,
  TransportError,
  TransportRequest,
  TransportResponse,
  TransportStream,
} from "@infisical/core";
import { type Dispatcher, errors } from "undici";
import { acceptedEncodings, BodyReader } from "./body-reader.ts";
import {
  abortedFailure,
  decodingFailure,
  failureOf,
  secondSendFailure,
  tooLargeFailure,
} from "./failures.ts";
import { TextReader } from "./text-reader.ts";

/** The address of a request, in the form that a dispatcher accepts. */
export interface Target {
  readonly origin: string;
  /** The path and the query. */
  readonly path: string;
  /** Whether the connection uses TLS. */
  readonly secure: boolean;
}

/** What sends a request, and its limits. */
export interface ExchangeSettings {
  readonly dispatcher: Dispatcher;
  /** Where the request goes. */
  readonly target: Target;
  /** Whether the dispatcher is the user's, which might speak HTTP/2 or retry. */
  readonly isGiven: boolean;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
}

/** Sends one request through a dispatcher and reads its complete response. */
export function exchange(request: TransportRequest, settings: ExchangeSettings): Promise<TransportResponse> {
  const { maxResponseSize } = settings;
  return begin<TransportResponse>(request, settings, ({ status, headers, resolve, ...reading }) => {
    const isEncoded = headers["content-encoding"] !== undefined;
    const isTooLong = !isEncoded && Number(headers["content-length"]) > maxResponseSize;
    if (reading.hasBody && isTooLong) reading.onFailure(tooLargeFailure(maxResponseSize));
    const onText = (body: string) => {
      if (reading.onEnd()) resolve({ status, headers, body });
    };
    return new BodyReader({ ...reading, headers, maxResponseSize, onText });
  });
}

/** Sends one request through a dispatcher, and gives its response's text as it arrives. */
export function openStream(request: TransportRequest, settings: ExchangeSettings): Promise<TransportStream> {
  const headers = { ...request.headers, "accept-encoding": "identity" };
  return begin<TransportStream>(
    { ...request, headers },
    settings,
    ({ status, headers, resolve, ...reading }) => {
      const encoding = headers["content-encoding"] ?? "identity";
      if (reading.hasBody && encoding !== "identity") reading.onFailure(decodingFailure("UNKNOWN_ENCODING"));
      const reader = new TextReader(reading);
      resolve({ status, headers, body: reader.text() });
      return reader;
    },
  );
}

/** What reads a body that arrives in chunks. */
interface Reader {
  /** Adds the next chunk; `false` asks the caller to wait until reading goes on. */
  write(chunk: Uint8Array): boolean;
  /** Ends the body. */
  end(): void;
  /** Frees what the body holds, after a failure. */
  stop(error: TransportError): void;
}

/** A response that has begun. */
interface Beginning<Result> {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Whether the response has a body, whatever its headers say. */
  readonly hasBody: boolean;
  readonly resolve: (result: Result) => void;
  /** Call it when nothing is left to read; returns whether this is the first outcome. */
  readonly onEnd: () => boolean;
  /** Ends the exchange. */
  readonly onFailure: (error: TransportError) => void;
  /** Call it when writing can continue after `write` has returned `false`. */
  readonly onDrain: () => void;
}

type Begin<Result> = (beginning: Beginning<Result>) => Reader;

function begin<Result>(
  request: TransportRequest,
  { dispatcher, target, isGiven }: ExchangeSettings,
  read: Begin<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const { origin, path, secure } = target;
    const handler = new ResponseHandler<Result>({ request, secure, read, resolve, reject });
    const options: Dispatcher.DispatchOptions = {
      origin,
      path,
      method: request.method,
      // A copy: proxy agents add headers.
      headers: { "accept-encoding": acceptedEncodings, ...request.headers },
      body: request.body ?? null,
      // A request that is not idempotent waits until a connection is free.
      idempotent: request.idempotent,
      // The client has its own time limits.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    try {
      dispatcher.dispatch(isGiven ? withStreamedBody(options) : options, handler);
    } catch (error) {
      // Thrown by composed dispatchers; undici's own call the handler.
      handler.onResponseError(undefined, error);
    }
  });
}

/** Over HTTP/2, undici 7 only sends text bodies with these methods; with DELETE, its own assertion fails. */
const methodsWithBody = ["POST", "PUT", "PATCH"];

/**
 * Turns a body into a stream where necessary.
 *
 * A stream can only be read once, so an agent that retries does not send a write again, which it would do with DELETE
 * and PUT. A stream is also the only body that undici can send with every method over HTTP/2.
 */
function withStreamedBody(options: Dispatcher.DispatchOptions): Dispatcher.DispatchOptions {
  const { body, headers, idempotent, method } = options;
  if (idempotent && (body === null || methodsWithBody.includes(method))) return options;
  const bytes = Buffer.from((body as string | null) ?? "");
  // Without a length, HTTP/1.1 would send it in chunks.
  const length = bytes.length > 0 ? { "content-length": String(bytes.length) } : {};
  // An empty chunk also counts as read.
  return { ...options, headers: { ...(headers as object), ...length }, body: Readable.from([bytes]) };
}

/** The request of a response, how to read it, and the outcome. */
interface ResponseHandlerOptions<Result> {
  readonly request: TransportRequest;
  /** Whether the connection uses TLS. */
  readonly secure: boolean;
  readonly read: Begin<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: TransportError) => void;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/**
 * Follows one request through a dispatcher until there is a complete response or a failure.
 *
 * undici calls `onRequestStart` right before it writes to an established connection, after the TLS handshake. If the
 * exchange fails before that, the request was certainly not sent; after that, it may have been.
 */
class ResponseHandler<Result> implements Dispatcher.DispatchHandler {
  readonly #options: ResponseHandlerOptions<Result>;
  readonly #abort = () => this.#fail(abortedFailure(this.#isSent));
  #controller: Dispatcher.DispatchController | undefined;
  #reader: Reader | undefined;
  #hasBody = true;
  #isSettled = false;

  constructor(options: ResponseHandlerOptions<Result>) {
    this.#options = options;
    options.request.signal.addEventListener("abort", this.#abort);
  }

  get #isSent(): boolean {
    return this.#controller !== undefined;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // After a broken connection, undici restarts the requests behind it; agents that retry or redirect do the same.
    if (this.#isSent) this.#fail(secondSendFailure());
    // Thrown rather than aborted, to keep the connection, for which others may be waiting. The code tells agents that
    // retry not to.
    if (this.#isSettled) throw new errors.RequestAbortedError();
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, fields: Headers): void {
    // Dispatchers that answer by themselves might not report a start.
    this.#controller ??= controller;
    const isInterim = status < 200;
    if (isInterim || this.#isSettled) return;
    const { request, read, resolve } = this.#options;
    this.#hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    this.#reader = read({
      status,
      headers: joined(fields),
      hasBody: this.#hasBody,
      resolve,
      onEnd: () => this.#settle(),
      onFailure: (error) => this.#fail(error),
      onDrain: () => this.#controller?.resume(),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#isSettled || this.#reader?.write(chunk) !== false) return;
    controller.pause();
  }

  onResponseEnd(): void {
    if (!this.#isSettled) this.#reader?.end();
  }

  onResponseError(_controller: unknown, error: unknown): void {
    // The length in a 304 is that of the unchanged body, which undici 7 expects to receive.
    if (!this.#hasBody && error instanceof errors.ResponseContentLengthMismatchError) this.onResponseEnd();
    else this.#fail(failureOf(error, { sent: this.#isSent, secure: this.#options.secure }));
  }

  #fail(error: TransportError): void {
    if (!this.#settle()) return;
    this.#options.reject(error);
    this.#reader?.stop(error);
    // Ends the exchange if it is still running.
    this.#controller?.abort(error);
  }

  /** Whether this is the first outcome. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#options.request.signal.removeEventListener("abort", this.#abort);
    return true;
  }
}

/** Joins the values of repeated headers; undici's names are in lower case. */
function joined(fields: Headers): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}
