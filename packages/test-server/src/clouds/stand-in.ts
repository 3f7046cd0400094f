import { SocketServer } from "#sockets";
import type { Call, HttpResponse } from "../api/http.ts";
import type { AsyncDisposal } from "../engine/async-disposal.ts";
import { MovableClock, type TestClock, type TestClockOptions } from "../engine/clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "../engine/failure.ts";
import { type LoggedRequest, Responder } from "../engine/responder.ts";
import type { ListenOptions, SocketPathOptions } from "../engine/socket-server.ts";

/** What every stand-in for a service of another platform has. */
export interface StandIn extends AsyncDisposal {
  /** The clock by which what the service issues expires. */
  readonly clock: TestClock;
  /** The requests it received, oldest first, including credentials. */
  readonly requests: readonly LoggedRequest[];
  /** Closes the port and ends every connection. It can be called any number of times. */
  close(): Promise<void>;
  /**
   * Makes requests fail, as the test server's `fail` does.
   *
   * @param match - Which requests fail, and how many; `{}` is the next one.
   * @param failure - What happens to them.
   * @returns A handle with the number of failed requests and a method to remove the failure.
   * @throws TypeError when a field of either is unknown or not valid; the message names it.
   */
  fail(match: FailureMatch, failure: Failure): FailureHandle;
}

/** A stand-in without its `listen`, which each service has in its own form. */
export class StandInService implements StandIn {
  readonly clock: TestClock;
  readonly #responder: Responder;
  readonly #sockets: SocketServer;

  /**
   * @param name - The service's name in the ids of requests.
   * @param answering - Returns what answers the requests, by the service's clock.
   */
  constructor(
    name: string,
    clock: TestClockOptions | undefined,
    answering: (now: () => number) => (call: Call) => Promise<HttpResponse>,
  ) {
    this.clock = new MovableClock(clock);
    this.#responder = new Responder({
      clock: this.clock,
      answer: answering(() => this.clock.now()),
      requestId: () => `req-${name}`,
    });
    this.#sockets = new SocketServer(this.#responder);
  }

  get requests(): readonly LoggedRequest[] {
    return this.#responder.log;
  }

  close(): Promise<void> {
    return this.#sockets.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  fail(match: FailureMatch, failure: Failure): FailureHandle {
    return this.#responder.faults.add(match, failure);
  }

  /** Opens a port and resolves to its address, or a Unix socket and resolves to its path. */
  protected open(options: ListenOptions | SocketPathOptions): Promise<string> {
    return "socketPath" in options ? this.#sockets.listenAt(options) : this.#sockets.listen(options);
  }
}
