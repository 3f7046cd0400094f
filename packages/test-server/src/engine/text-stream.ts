import { firstHalf } from "./bytes.ts";

/** What an ordered failure does to a stream: nothing more arrives, or its next piece is cut in half. */
export type Interruption = "stall" | "body" | "connection";

/** Text that is sent piece by piece, for one reader. It waits for a reader that is slow. */
export class TextStream implements AsyncIterable<string> {
  #pieces: string[] = [];
  #isOpen = true;
  #failure: { readonly reason: unknown } | undefined;
  #interruption: Interruption | undefined;
  /** Continues a reader that waits for the next piece. */
  #wake: (() => void) | undefined;
  readonly #whenClosed: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Sends a piece. It is lost if the stream has ended. */
  push(text: string): void {
    if (!this.#isOpen || text === "" || this.#interruption === "stall") return;
    this.#pieces.push(this.#interruption ? firstHalf(text) : text);
    if (this.#interruption === "body") this.end();
    else if (this.#interruption) this.break();
    else this.#wake?.();
  }

  /** Ends the stream behind what it has sent. */
  end(): void {
    this.#close();
  }

  /** Breaks the stream behind what it has sent: the reader then gets an error. */
  break(reason: unknown = new Error("The connection broke")): void {
    if (this.#isOpen) this.#failure = { reason };
    this.#close();
  }

  /** Breaks the stream at once; what has not been read is lost. */
  abort(reason: unknown): void {
    this.#pieces = [];
    this.#failure = { reason };
    this.#close();
  }

  /** Makes an ordered failure happen to what is sent from now on. */
  interrupt(interruption: Interruption): void {
    this.#interruption = interruption;
  }

  /** Calls back once, when nothing can be sent any more: the stream has ended, or its reader has left. */
  whenClosed(callback: () => void): void {
    if (this.#isOpen) this.#whenClosed.push(callback);
    else callback();
  }

  [Symbol.asyncIterator](): AsyncIterator<string, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.#pieces = [];
        this.#failure = undefined;
        this.#close();
        return { done: true, value: undefined };
      },
    };
  }

  async #next(): Promise<IteratorResult<string, undefined>> {
    while (this.#isOpen && this.#pieces.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    // All that waits arrives as one piece, as over a network.
    const value = this.#pieces.join("");
    this.#pieces = [];
    if (value !== "") return { done: false, value };
    if (this.#failure) {
      const { reason } = this.#failure;
      this.#failure = undefined;
      throw reason;
    }
    return { done: true, value: undefined };
  }

  #close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      for (const callback of this.#whenClosed) callback();
    }
    this.#wake?.();
  }
}
