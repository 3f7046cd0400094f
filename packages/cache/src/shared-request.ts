import type { ApiResponse } from "@infisical/core";
import { abortReason, cloneError, onAbort } from "@infisical/core/authoring";

/** One request that several callers wait for. It ends early only when all of them have gone. */
export class SharedRequest {
  readonly #controller = new AbortController();
  readonly #response: Promise<ApiResponse>;
  #waiting = 0;

  constructor(send: (signal: AbortSignal) => Promise<ApiResponse>) {
    this.#response = send(this.#controller.signal);
    // A failure concerns those who wait; where nobody does any more, nobody's.
    this.#response.catch(() => undefined);
  }

  /** Whether it was ended because nobody waited any more. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Keeps the request going although its caller does not wait for it. */
  keepGoing(): void {
    this.#waiting += 1;
  }

  /** Waits for the response, to the end if there is no signal. A failure is each caller's own to change. */
  wait(signal: AbortSignal | undefined): Promise<ApiResponse> {
    this.#waiting += 1;
    const response = this.#response.catch((error: unknown) => {
      throw this.#waiting > 1 ? cloneError(error) : error;
    });
    if (!signal) return response;
    return new Promise((resolve, reject) => {
      const forget = onAbort(signal, () => {
        reject(abortReason(signal));
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#controller.abort();
      });
      response.finally(forget).then(resolve, reject);
    });
  }
}
