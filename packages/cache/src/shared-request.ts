import type { ApiResponse } from "@infisical/core";

/** One request that several callers wait for. It ends early only when all of them have gone. */
export class SharedRequest {
  readonly #controller = new AbortController();
  readonly #reply: Promise<ApiResponse>;
  #waiting = 0;

  constructor(send: (signal: AbortSignal) => Promise<ApiResponse>) {
    this.#reply = send(this.#controller.signal);
    // A failure concerns those who wait; where nobody does any more, nobody's.
    this.#reply.catch(() => undefined);
  }

  /** Whether it was ended because nobody waited any more. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the reply, to the end if there is no signal. */
  wait(signal?: AbortSignal): Promise<ApiResponse> {
    this.#waiting += 1;
    if (!signal) return this.#reply;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason);
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#controller.abort();
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#reply.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }
}
