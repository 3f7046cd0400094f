import { asSent, type Call, type HttpResponse } from "../api/http.ts";
import { applyFailure, type Delivery } from "./apply-failure.ts";
import type { TestClock } from "./clock.ts";
import type { Failure } from "./failure.ts";
import { FaultRegistry } from "./fault-registry.ts";

/** One request that the server received, including credentials and values. */
export interface LoggedRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path as received, still encoded, without the query. */
  readonly path: string;
  /** The query parameters; a repeated one is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, the text if it is not JSON, or `undefined` without a body. */
  readonly body: unknown;
  /** The status of the response; `undefined` if none was sent, or not yet. */
  readonly status: number | undefined;
  /** When it arrived, in milliseconds since 1970 by the server's clock. */
  readonly time: number;
}

/** A log entry while the request is being answered. */
type OpenEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

/** What a responder needs to answer requests. */
export interface ResponderOptions {
  readonly clock: TestClock;
  /** Returns the normal response. */
  readonly answer: (call: Call) => Promise<HttpResponse>;
  /** Creates the request id of a failure response. */
  readonly requestId: () => string;
  readonly log?: boolean | { readonly limit: number } | undefined;
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/**
 * Is told of each request when it arrives, and of the failure that was ordered for it. It returns what is called when the
 * request has been answered, or never will be.
 */
export type RequestWatcher = (request: LoggedRequest, failure: Failure | undefined) => () => void;

/** Handles the requests of every transport: logs them, and answers them or makes them fail as ordered. */
export class Responder {
  /** The latest requests, oldest first. */
  readonly log: LoggedRequest[] = [];
  readonly faults = new FaultRegistry();
  watcher: RequestWatcher | undefined;
  readonly #open = new Set<() => void>();
  readonly #options: ResponderOptions;
  readonly #limit: number;

  constructor(options: ResponderOptions) {
    this.#options = options;
    const { log = true } = options;
    if (typeof log === "object") this.#limit = log.limit;
    else this.#limit = log ? 10_000 : 0;
  }

  /** Whether a request is refused before its body is read. */
  refuses(head: Call): boolean {
    const entry = (): LoggedRequest => logEntry(head, this.#options.clock.now());
    const isRefused = this.faults.refuses(entry);
    if (isRefused) this.watcher?.(entry(), { refuse: true })();
    return isRefused;
  }

  /** Logs a request that is not meant for the server, and dates its response. */
  turnAway(call: Call, response: HttpResponse): HttpResponse {
    const entry = this.#logged(call);
    entry.status = response.status;
    this.watcher?.(entry, undefined)();
    this.#options.onRequest?.(entry);
    return asSent(response, call.method, entry.time);
  }

  /** Answers a request, or makes it fail as ordered. */
  async deliver(call: Call, signal: () => AbortSignal | undefined): Promise<Delivery> {
    const { clock, requestId, onRequest } = this.#options;
    const { method } = call;
    const entry = this.#logged(call);
    const failure = this.faults.take(entry);
    const ended = this.watcher?.(entry, failure);
    try {
      const answer = async () => asSent(await this.#options.answer(call), method, clock.now());
      const delivery: Delivery = failure
        ? await applyFailure(failure, { clock, requestId: requestId(), method, answer, signal })
        : { kind: "response", response: await answer() };
      entry.status = "response" in delivery ? delivery.response?.status : undefined;
      onRequest?.(entry);
      return delivery;
    } finally {
      ended?.();
    }
  }

  /** Stores how to end an exchange without a socket, until the returned function is called. */
  whenHungUp(end: () => void): () => void {
    this.#open.add(end);
    return () => this.#open.delete(end);
  }

  /** Ends the exchanges without a socket, as closing a port ends those with one. */
  hangUp(): void {
    for (const end of this.#open) end();
    this.#open.clear();
  }

  #logged(call: Call): OpenEntry {
    const entry = logEntry(call, this.#options.clock.now());
    if (this.#limit === 0) return entry;
    // Dropped a tenth at a time, because shifting a long array for each request is slow.
    if (this.log.length >= this.#limit) this.log.splice(0, Math.ceil(this.#limit / 10));
    this.log.push(entry);
    return entry;
  }
}

function logEntry({ method, path, query, headers, bodyText }: Call, time: number): OpenEntry {
  return { method, path, query: { ...query }, headers, body: parsed(bodyText), status: undefined, time };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
