import type { EndOfClient } from "./contracts/plugin.ts";
import { showCaller } from "./errors/caller-frames.ts";
import { InfisicalSDKError } from "./errors/errors.ts";

/** What a client has in flight, and how all of it ends. */
export class Lifetime {
  readonly #ends = new Set<EndOfClient>();
  #callsUnderWay = 0;
  #onIdle: () => void = () => undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;

  /** Throws once the client has closed, so that nothing is sent any more. */
  assertOpen(): void {
    if (this.#isClosed) throw clientClosed();
  }

  /** Makes a call for the client's user, unless the client is closing or has closed. */
  async call<Result>(call: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (this.#closing) throw clientClosed();
    this.#callsUnderWay += 1;
    try {
      return await call();
    } catch (error) {
      showCaller(error, signal);
      throw error;
    } finally {
      this.#callsUnderWay -= 1;
      if (this.#callsUnderWay === 0) this.#onIdle();
    }
  }

  /** Registers something to end when the client closes; returns a function that unregisters it. */
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
    // A call in flight may have created something else that must end, such as a lease.
    while (this.#ends.size > 0 || this.#callsUnderWay > 0) {
      const ends = [...this.#ends];
      this.#ends.clear();
      await Promise.allSettled(ends.map(async (end) => end(clientClosed())));
      await this.#idle();
    }
    try {
      await finish();
    } catch (error) {
      showCaller(error);
      throw error;
    } finally {
      this.#isClosed = true;
    }
  }

  /** Resolves when no call is in flight, and whoever waited for the last one has continued. */
  async #idle(): Promise<void> {
    if (this.#callsUnderWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
    await turn();
  }
}

// Kept from the start, since tests replace it.
const { setTimeout } = globalThis;

/** Lets callers whose result has just arrived continue. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** The error of a call after `close`, and the abort reason of whatever ends with the client. */
export function clientClosed(): InfisicalSDKError {
  return new InfisicalSDKError("The client is closed: create a new one.", { code: "CLIENT_CLOSED" });
}
