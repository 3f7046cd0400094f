import {
  isTransportError,
  type ResponseHeaders,
  TransportError,
  type TransportRequest,
  type TransportResponse,
  type TransportStream,
} from "../contracts/transport.ts";
import type { FetchResponse } from "./fetch.ts";
import { type ByteReader, cancelRest, discardBody, isByteStream, readBody } from "./fetch-body.ts";
import { readFetchFailure, withoutCredentials } from "./fetch-failure.ts";

/** Sends the request of an exchange, by way of {@link FetchExchange.call}. */
export type Send = (exchange: FetchExchange) => Promise<FetchResponse>;

/** One exchange over a `fetch`: from the call to the last byte, or to a {@link TransportError}. */
export class FetchExchange {
  /** What is sent. */
  readonly request: TransportRequest;
  /** Whether something may have been sent by now. */
  #sent: boolean;
  #isCalled = false;
  /** What the first call of `fetch` rejected with: the only error whose meaning is known. */
  #rejection: unknown;
  /** A separate one, so that its listeners go with the exchange, however long the request's signal lives. */
  readonly #ending = new AbortController();

  /**
   * @param request - What is sent.
   * @param mayBeSentUnseen - Whether foreign code runs first, which may send the request in its own way.
   */
  constructor(request: TransportRequest, mayBeSentUnseen: boolean) {
    this.request = request;
    this.#sent = mayBeSentUnseen;
  }

  /** Aborts when the exchange ends without a body: on the request's signal, for one that is too large, after a 204. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Calls a `fetch`. From here on the request counts as sent, unless the `fetch` itself says otherwise. */
  async call(fetch: () => Promise<FetchResponse>): Promise<FetchResponse> {
    // A hook that repeats the request has sent it already, whatever the outcome of the repetition.
    const isFirst = !this.#isCalled;
    this.#isCalled = true;
    this.#sent = true;
    try {
      return await fetch();
    } catch (error) {
      if (isFirst) this.#rejection = error;
      throw error;
    }
  }

  /**
   * Runs the exchange.
   *
   * @param send - Sends the request.
   * @param limit - The largest body, in bytes after decompression.
   * @throws {TransportError} In every case but a complete response.
   */
  run(send: Send, limit: number): Promise<TransportResponse> {
    return this.#untilAborted(async () => {
      const response = await this.#respond(send);
      if (this.signal.aborted) discardBody(response);
      const body = await readBody(response, limit);
      // The fetch of Node 20 and 22 waits for the body that a 304 only describes, and keeps the connection.
      if (response.body === null) this.#ending.abort();
      return { status: response.status, headers: readHeaders(response), body };
    });
  }

  /**
   * Runs the exchange as far as the response's headers; its text follows.
   *
   * @param send - Sends the request.
   * @throws {TransportError} Without a response; the text rejects with one if it ends early.
   */
  open(send: Send): Promise<TransportStream> {
    return this.#untilAborted(async () => {
      const response = await this.#respond(send);
      const reader = isByteStream(response.body) ? response.body.getReader() : undefined;
      // A `fetch` may ignore its signal; a read that is cancelled ends in any case.
      const end = () => {
        this.#ending.abort();
        cancelRest(reader);
      };
      this.request.signal.addEventListener("abort", end, { once: true });
      return { status: response.status, headers: readHeaders(response), body: this.#text(response, reader) };
    });
  }

  /** The signal ends the exchange, whether or not anybody reads the text. */
  async *#text(response: FetchResponse, reader: ByteReader | undefined): AsyncGenerator<string, void> {
    const { signal } = this.request;
    const decoder = new TextDecoder();
    try {
      if (!reader && response.body !== null) yield await response.text();
      for (let isOver = !reader; !isOver; ) {
        const { done, value } = await (reader as ByteReader).read();
        const piece = done ? decoder.decode() : decoder.decode(value, { stream: true });
        if (piece !== "") yield piece;
        isOver = done;
      }
      if (signal.aborted) throw undefined;
    } catch (error) {
      throw this.#failure(error);
    } finally {
      this.#ending.abort();
      cancelRest(reader);
    }
  }

  #untilAborted<Result>(run: () => Promise<Result>): Promise<Result> {
    const { signal } = this.request;
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        reject(this.#failure(error));
        this.#ending.abort();
      };
      // Does not wait for fetch: the user's own may ignore its signal.
      const abort = () => fail(undefined);
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort, { once: true });
      run()
        .finally(() => signal.removeEventListener("abort", abort))
        .then(resolve, fail);
    });
  }

  async #respond(send: Send): Promise<FetchResponse> {
    if (!isHttpAddress(this.request.url)) {
      const text = "The request's address must be a URL that begins with http: or https:.";
      throw new TransportError(text, { sent: false, code: "ERR_INVALID_URL" });
    }
    const name = invalidHeader(this.request.headers);
    if (name) {
      throw new TransportError(`The header ${name} has a value that HTTP does not allow.`, { sent: false });
    }
    const response = await send(this);
    if (!isResponse(response)) throw new TransportError("fetch did not return a response.", { sent: true });
    return response;
  }

  /** The error object of a `fetch` is never kept: those of ky and of some platforms hold the request. */
  #failure(error: unknown): TransportError {
    try {
      return this.#read(error);
    } catch {
      // Anything can be thrown, even what cannot be read.
      return new TransportError("The exchange failed.", { sent: this.#sent });
    }
  }

  #read(error: unknown): TransportError {
    if (this.request.signal.aborted) {
      return new TransportError("The request was aborted.", { sent: this.#sent, code: "ABORTED" });
    }
    if (isTransportError(error)) return error;
    const { text, code, sent } = readFetchFailure(error);
    const hint = mayNeedTls(this.request.url, code)
      ? " If the server speaks TLS, its address begins with https:."
      : "";
    return new TransportError(withoutCredentials(text, this.request) + hint, {
      // A hook that fails after the response may name a refused connection too: its own.
      sent: error === this.#rejection ? sent : this.#sent,
      code,
    });
  }
}

/** A TLS server answers plain HTTP with bytes that are not HTTP, or hangs up. */
function mayNeedTls(url: string, code: string | undefined): boolean {
  return url.startsWith("http:") && /^HPE_|^UND_ERR_SOCKET$|^ECONNRESET$/.test(code ?? "");
}

function isHttpAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
}

/** The name of a header that no `fetch` accepts; found here, since platforms quote the value. */
function invalidHeader(headers: ResponseHeaders): string | undefined {
  return Object.keys(headers).find((name) => /[^\t\x20-\x7e\x80-\xff]/.test(headers[name] ?? ""));
}

function isResponse(response: unknown): response is FetchResponse {
  const { status, headers, type } = Object(response) as Partial<FetchResponse & { type: unknown }>;
  return Number.isInteger(status) && typeof headers?.forEach === "function" && type !== "error";
}

function readHeaders({ headers }: FetchResponse): ResponseHeaders {
  const values = new Map<string, string>();
  headers.forEach((value, anyCase) => {
    const name = anyCase.toLowerCase();
    const earlier = values.get(name);
    // Only set-cookie comes in several parts; the platform joins all others.
    values.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  });
  return Object.fromEntries(values);
}
