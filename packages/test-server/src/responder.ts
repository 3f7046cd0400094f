import type { TestClock } from "./clock.ts";
import { applyFailure } from "./faults/apply-failure.ts";
import type { Delivery } from "./faults/delivery.ts";
import { FaultRegistry } from "./faults/fault-registry.ts";
import type { Call } from "./http/call.ts";
import { asSent, type HttpResponse } from "./http/http-response.ts";
import { type LoggedRequest, logEntry, RequestLog } from "./request-log.ts";

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

/** Handles the requests of every transport: logs them, and answers them or makes them fail as ordered. */
export class Responder {
  readonly log: RequestLog;
  readonly faults: FaultRegistry = new FaultRegistry();
  readonly #open = new Set<() => void>();
  readonly #options: ResponderOptions;

  constructor(options: ResponderOptions) {
    this.#options = options;
    this.log = new RequestLog(options.log);
  }

  /** Whether a request is refused before its body is read. */
  refuses(head: Call): boolean {
    return this.faults.refuses(() => logEntry(head, this.#options.clock.now()));
  }

  /** Logs a request that is not meant for the server, and dates its response. */
  turnAway(call: Call, response: HttpResponse): HttpResponse {
    const now = this.#options.clock.now();
    const entry = { ...logEntry(call, now), status: response.status };
    this.log.add(entry);
    this.#options.onRequest?.(entry);
    return asSent(response, call.method, now);
  }

  /** Answers a request, or makes it fail as ordered. */
  async deliver(call: Call, signal: () => AbortSignal | undefined): Promise<Delivery> {
    const { clock, requestId, answer, onRequest } = this.#options;
    const entry = logEntry(call, clock.now());
    this.log.add(entry);
    const failure = this.faults.take(entry);
    const work = async (): Promise<HttpResponse> => asSent(await answer(call), call.method, clock.now());
    const delivery: Delivery = failure
      ? await applyFailure(failure, {
          clock,
          requestId: requestId(),
          method: call.method,
          answer: work,
          signal,
        })
      : { kind: "response", response: await work() };
    entry.status = "response" in delivery ? delivery.response?.status : undefined;
    onRequest?.(entry);
    return delivery;
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
}
