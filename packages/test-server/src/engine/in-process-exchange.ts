import type { Call } from "../api/http.ts";
import type { Delivery } from "./apply-failure.ts";
import { firstHalf } from "./bytes.ts";
import type { Responder } from "./responder.ts";
import { TextStream } from "./text-stream.ts";

/** Why an exchange has no complete response. */
type TransportErrorCode = "ABORTED" | "ECONNREFUSED" | "ECONNRESET" | "ERR_INVALID_URL";

const messages: Readonly<Record<TransportErrorCode, string>> = {
  ABORTED: "The request was aborted",
  ECONNREFUSED: "connect ECONNREFUSED",
  ECONNRESET: "read ECONNRESET",
  ERR_INVALID_URL: "The request's URL is invalid",
};

/** An exchange without a complete response. Clients recognize it by its name: this package imports none of theirs. */
export class TransportError extends Error {
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

/** A response whose headers have arrived: with its whole body, or with one that is still arriving. */
interface ArrivingResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<string>;
}

/** One request without a socket. The client's signal or the end of the server can end it at any time. */
export class InProcessExchange {
  /** Rejects if no headers arrive. */
  readonly response: Promise<ArrivingResponse>;
  readonly #signal: AbortSignal | undefined;
  readonly #forget: () => void;
  readonly #abort = (): void => this.#fail("ABORTED");
  #reject: (error: unknown) => void = () => {};
  #delay: AbortController | undefined;
  #body: TextStream | undefined;
  #hasEnded = false;

  constructor(responder: Responder, call: Call, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#forget = responder.whenHungUp(() => this.#fail("ECONNRESET"));
    signal?.addEventListener("abort", this.#abort, { once: true });
    this.response = new Promise((resolve, reject) => {
      this.#reject = reject;
      const delivery = responder.deliver(call, () => {
        this.#delay = new AbortController();
        return this.#delay.signal;
      });
      delivery.then(
        (delivered) => this.#arrive(delivered, resolve),
        (error) => {
          this.#end();
          reject(error);
        },
      );
    });
  }

  #arrive(delivery: Delivery, resolve: (response: ArrivingResponse) => void): void {
    if (delivery.kind === "disconnect") {
      this.#fail("ECONNRESET");
      return;
    }
    const { response } = delivery;
    if (this.#hasEnded) response?.stream?.end();
    if (this.#hasEnded || !response) return;
    const { status, headers } = response;
    if (delivery.kind === "response" && !response.stream) {
      this.#end();
      resolve({ status, headers, body: response.body });
      return;
    }
    const body = response.stream ?? new TextStream();
    this.#body = body;
    body.whenClosed(() => this.#end());
    if (delivery.kind !== "response") body.push(firstHalf(response.body));
    if (delivery.kind === "cut") body.break();
    resolve({ status, headers, body: withTransportErrors(body) });
  }

  #fail(code: "ABORTED" | "ECONNRESET"): void {
    const error = new TransportError(code, { sent: true });
    this.#end();
    this.#body?.abort(error);
    this.#reject(error);
  }

  /** The response is complete, or nobody waits for it. */
  #end(): void {
    this.#hasEnded = true;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#forget();
    this.#delay?.abort();
  }
}

/** A body whose reader gets no other errors than those of transports, and can leave before it has begun. */
function withTransportErrors(body: TextStream): AsyncIterable<string> {
  const pieces = body[Symbol.asyncIterator]();
  const next = (): Promise<IteratorResult<string, undefined>> =>
    pieces.next().catch((error: unknown) => {
      throw error instanceof TransportError ? error : new TransportError("ECONNRESET", { sent: true });
    });
  return { [Symbol.asyncIterator]: () => ({ ...pieces, next }) };
}
