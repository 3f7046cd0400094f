import type { TransportError, TransportRequest, TransportResponse } from "@infisical/core";
import { type Dispatcher, errors } from "undici";
import { BodyReader } from "./body-reader.ts";
import { abortedFailure, failureOf, secondSendFailure, tooLargeFailure } from "./failures.ts";

/** What a response is read for. */
export interface ResponseHandlerOptions {
  readonly request: TransportRequest;
  /** Whether the connection is, or is to be, encrypted. */
  readonly secure: boolean;
  /** The largest body, in bytes after decompression. */
  readonly maxResponseSize: number;
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: TransportError) => void;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/**
 * Follows one request on its way through a dispatcher, until it has a whole response or a failure.
 *
 * undici calls `onRequestStart` right before it writes to a connection that stands, TLS included. A failure before
 * that was certainly not sent; after it, nobody knows.
 */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #options: ResponseHandlerOptions;
  readonly #abort = () => this.#fail(abortedFailure(this.#isSent));
  #controller: Dispatcher.DispatchController | undefined;
  #reader: BodyReader | undefined;
  #hasBody = true;
  #isSettled = false;

  constructor(options: ResponseHandlerOptions) {
    this.#options = options;
    options.request.signal.addEventListener("abort", this.#abort);
  }

  get #isSent(): boolean {
    return this.#controller !== undefined;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // After a broken connection, undici starts what was waiting behind it again; so do agents that retry or redirect.
    if (this.#isSent) this.#fail(secondSendFailure());
    // Thrown rather than aborted: that keeps the connection, which others may be waiting for. By the code, an agent
    // that retries knows that there is nothing to retry.
    if (this.#isSettled) throw new errors.RequestAbortedError();
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, fields: Headers): void {
    // Dispatchers that answer by themselves may not tell of a start.
    this.#controller ??= controller;
    const isInterim = status < 200;
    if (isInterim || this.#isSettled) return;
    const { request, maxResponseSize } = this.#options;
    const headers = joined(fields);
    this.#reader = new BodyReader({
      headers,
      maxResponseSize,
      onText: (body) => {
        if (this.#settle()) this.#options.resolve({ status, headers, body });
      },
      onFailure: (error) => this.#fail(error),
      onDrain: () => this.#controller?.resume(),
    });
    this.#hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    const isEncoded = headers["content-encoding"] !== undefined;
    if (this.#hasBody && !isEncoded && Number(headers["content-length"]) > maxResponseSize) {
      this.#fail(tooLargeFailure(maxResponseSize));
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#isSettled || this.#reader?.write(chunk) !== false) return;
    controller.pause();
  }

  onResponseEnd(): void {
    if (!this.#isSettled) this.#reader?.end();
  }

  onResponseError(_controller: unknown, error: unknown): void {
    // The length in a 304 is that of the body it stands for; undici 7 misses this body.
    if (!this.#hasBody && error instanceof errors.ResponseContentLengthMismatchError) this.onResponseEnd();
    else this.#fail(failureOf(error, { sent: this.#isSent, secure: this.#options.secure }));
  }

  #fail(error: TransportError): void {
    if (!this.#settle()) return;
    this.#options.reject(error);
    this.#reader?.stop();
    // Ends the exchange where it still goes on.
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

/** The headers with the values of repeated ones joined; undici's names are in lower case. */
function joined(fields: Headers): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}
