import { MovableClock } from "./clock.ts";
import { type Application, createApplication } from "./http/application.ts";
import type { TestServerOptions } from "./options.ts";
import { Responder } from "./responder.ts";
import { applySeed } from "./seed/apply-seed.ts";
import { parseOptions } from "./seed/parse-options.ts";
import { ServerState } from "./state/server-state.ts";

/** The server behind every transport: state, clock, log and failures. */
export class Simulation {
  readonly clock: MovableClock;
  readonly responder: Responder;
  readonly #options: TestServerOptions;
  #state: ServerState;
  #application: Application;

  constructor(options: TestServerOptions) {
    this.#options = parseOptions(options);
    this.clock = new MovableClock(options.clock);
    this.responder = new Responder({
      ...options,
      clock: this.clock,
      answer: (call) => this.#application(call),
      requestId: () => this.#state.identifiers.request(),
    });
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Goes back to the seed, and resets log, failures and clock. */
  reset(): void {
    this.responder.faults.clear();
    this.clock.reset();
    this.responder.log.clear();
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
  }

  #seededState(): ServerState {
    const state = new ServerState(this.clock, this.#options);
    applySeed(state, this.#options);
    return state;
  }
}
