import { Readable } from "node:stream";
import type { TransportError } from "@infisical/core";
import { abortedFailure } from "./failures.ts";

/** What reading a text that never ends requires. */
export interface TextReaderOptions {
  /** Called when nothing is left to read. */
  readonly onEnd: () => void;
  /** Called when nobody reads any longer. */
  readonly onFailure: (error: TransportError) => void;
  /** Called when writing can continue after `write` has returned `false`. */
  readonly onDrain: () => void;
}

/** Passes on a body as text while it arrives. */
export class TextReader {
  readonly #options: TextReaderOptions;
  readonly #body: Readable;

  constructor(options: TextReaderOptions) {
    this.#options = options;
    this.#body = new Readable({ read: () => options.onDrain() }).setEncoding("utf8");
    // Otherwise a connection that breaks before anybody reads would end the process.
    this.#body.on("error", () => {});
  }

  /** The text; leaving the loop ends the exchange. */
  async *text(): AsyncGenerator<string, void> {
    let isFirst = true;
    try {
      for await (const piece of this.#body as AsyncIterable<string>) {
        yield isFirst && piece.charCodeAt(0) === 0xfeff ? piece.slice(1) : piece;
        isFirst = false;
      }
    } finally {
      this.#options.onFailure(abortedFailure(true));
    }
  }

  /** Adds the next chunk; `false` asks the caller to wait for `onDrain`. */
  write(chunk: Uint8Array): boolean {
    return this.#body.push(chunk);
  }

  /** Ends the text. */
  end(): void {
    this.#options.onEnd();
    this.#body.push(null);
  }

  /** Ends the text with a failure. */
  stop(error: TransportError): void {
    this.#body.destroy(error);
  }
}
