import type { EndOfClient } from "./contracts/plugin.ts";
import { InfisicalSDKError } from "./errors/errors.ts";

/** What a client has under way, and how all of it ends. */
export class Lifetime {
  readonly #ends = new Set<EndOfClient>();
  #callsUnderWay = 0;
  #onIdle: () => void = () => undefined;
  #closing: Promise<void> | undefined;
  #isOver = false;

  /** Throws where the client is over, so that nothing is sent any more. */
  assertNotOver(): void {
    if (this.#isOver) throw clientClosed();
  }

  /** Makes a call of the client's user, unless the client closes or has closed. */
  async call<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#closing) throw clientClosed();
    this.#callsUnderWay += 1;
    try {
      return await call();
    } finally {
      this.#callsUnderWay -= 1;
      if (this.#callsUnderWay === 0) this.#onIdle();
    }
  }

  /** Has something ended when the client closes; returns a function that takes this back. */
  onClose(end: EndOfClient): () => void {
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /** Ends everything once, then runs `finish`; later calls wait for the same end. */
  close(finish: () => Promise<void>): Promise<void> {
    this.#closing ??= this.#close(finish);
    return this.#closing;
  }

  async #close(finish: () => Promise<void>): Promise<void> {
    await turn();
    // A call that was under way can have led to something else that must be ended, such as a lease.
    while (this.#ends.size > 0 || this.#callsUnderWay > 0) {
      const ends = [...this.#ends];
      this.#ends.clear();
      await Promise.allSettled(ends.map(async (end) => end(clientClosed())));
      await this.#idle();
    }
    try {
      await finish();
    } finally {
      this.#isOver = true;
    }
  }

  /** Resolves when no call is under way, and those who waited for the last one have gone on. */
  async #idle(): Promise<void> {
    if (this.#callsUnderWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
    await turn();
  }
}

// Taken now, since tests replace it.
const { setTimeout } = globalThis;

/** Lets those go on who have just got what they waited for. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** The error of a call that comes too late, and the reason for what ends with the client. */
export function clientClosed(): InfisicalSDKError {
  return new InfisicalSDKError("The client is closed: make another one.", { code: "CLIENT_CLOSED" });
}
