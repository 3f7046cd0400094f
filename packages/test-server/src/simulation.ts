import { MovableClock } from "./clock.js";
import { carryOut } from "./faults/carry-out.js";
import type { Delivery } from "./faults/delivery.js";
import { FaultRegistry } from "./faults/fault-registry.js";
import { type Application, createApplication } from "./http/application.js";
import type { Call } from "./http/call.js";
import type { TestServerOptions } from "./options.js";
import { logEntry, type OpenEntry, RequestLog } from "./request-log.js";
import { applySeed } from "./seed/apply-seed.js";
import { parseOptions } from "./seed/parse-options.js";
import { ServerState } from "./state/server-state.js";

/** The server behind every transport: state, clock, log and failures. */
export class Simulation {
  readonly clock: MovableClock;
  readonly log: RequestLog;
  readonly faults: FaultRegistry = new FaultRegistry();
  readonly #stalled = new Set<() => void>();
  readonly #options: TestServerOptions;
  #state: ServerState;
  #application: Application;

  constructor(options: TestServerOptions) {
    this.#options = parseOptions(options);
    this.clock = new MovableClock(options.clock);
    this.log = new RequestLog(options.log);
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Goes back to the seed; log, failures and clock start afresh. */
  reset(): void {
    this.faults.clear();
    this.clock.reset();
    this.log.clear();
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
  }

  /** Whether a request is turned away before its body is read. */
  refuses(head: Call): boolean {
    return this.faults.refuses(() => logEntry(head, this.clock.now()));
  }

  /** Answers a request, or fails it as ordered. */
  async deliver(call: Call, signal: () => AbortSignal | undefined): Promise<Delivery> {
    const entry = logEntry(call, this.clock.now());
    this.log.add(entry);
    const failure = this.faults.take(entry);
    const answer = (): Promise<Response> => this.#application(call);
    const delivery: Delivery = failure
      ? await carryOut(failure, {
          clock: this.clock,
          requestId: this.#state.identifiers.request(),
          answer,
          signal,
        })
      : { kind: "answer", response: await answer() };
    this.#close(entry, delivery);
    return delivery;
  }

  /** Remembers how to end an answer that stalls without a socket. */
  stall(end: () => void): void {
    this.#stalled.add(end);
  }

  /** Ends the answers that stall without a socket, as closing a port ends those on one. */
  hangUp(): void {
    for (const end of this.#stalled) end();
    this.#stalled.clear();
  }

  #close(entry: OpenEntry, delivery: Delivery): void {
    entry.status = "response" in delivery ? delivery.response?.status : undefined;
    this.#options.onRequest?.(entry);
  }

  #seededState(): ServerState {
    const state = new ServerState(this.clock, this.#options.dynamicSecrets);
    applySeed(state, this.#options);
    return state;
  }
}
