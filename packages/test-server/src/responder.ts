import type { TestClock } from "./clock.js";
import { carryOut } from "./faults/carry-out.js";
import type { Delivery } from "./faults/delivery.js";
import { FaultRegistry } from "./faults/fault-registry.js";
import type { Call } from "./http/call.js";
import { asSent, type HttpResponse } from "./http/http-response.js";
import { type LoggedRequest, logEntry, RequestLog } from "./request-log.js";

/** What a responder answers with. */
export interface ResponderOptions {
  readonly clock: TestClock;
  /** Gives the normal answer. */
  readonly answer: (call: Call) => Promise<HttpResponse>;
  /** Makes the id that a failure of the server's own bears. */
  readonly requestId: () => string;
  readonly log?: boolean | { readonly limit: number } | undefined;
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** What every transport hands its requests to: it logs them, and answers them or fails them as ordered. */
export class Responder {
  readonly log: RequestLog;
  readonly faults: FaultRegistry = new FaultRegistry();
  readonly #open = new Set<() => void>();
  readonly #options: ResponderOptions;

  constructor(options: ResponderOptions) {
    this.#options = options;
    this.log = new RequestLog(options.log);
  }

  /** Whether a request is turned away before its body is read. */
  refuses(head: Call): boolean {
    return this.faults.refuses(() => logEntry(head, this.#options.clock.now()));
  }

  /** Logs a request that is not meant for the server, and dates the response that it gets. */
  turnAway(call: Call, response: HttpResponse): HttpResponse {
    const now = this.#options.clock.now();
    const entry = { ...logEntry(call, now), status: response.status };
    this.log.add(entry);
    this.#options.onRequest?.(entry);
    return asSent(response, call.method, now);
  }

  /** Answers a request, or fails it as ordered. */
  async deliver(call: Call, signal: () => AbortSignal | undefined): Promise<Delivery> {
    const { clock, requestId, answer, onRequest } = this.#options;
    const entry = logEntry(call, clock.now());
    this.log.add(entry);
    const failure = this.faults.take(entry);
    const work = async (): Promise<HttpResponse> => asSent(await answer(call), call.method, clock.now());
    const delivery: Delivery = failure
      ? await carryOut(failure, { clock, requestId: requestId(), method: call.method, answer: work, signal })
      : { kind: "answer", response: await work() };
    entry.status = "response" in delivery ? delivery.response?.status : undefined;
    onRequest?.(entry);
    return delivery;
  }

  /** Remembers how to end an exchange without a socket, until told to forget it. */
  whenHungUp(end: () => void): () => void {
    this.#open.add(end);
    return () => this.#open.delete(end);
  }

  /** Ends the exchanges without a socket, as closing a port ends those on one. */
  hangUp(): void {
    for (const end of this.#open) end();
    this.#open.clear();
  }
}
