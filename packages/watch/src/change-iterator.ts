import { cloneError } from "@infisical/core/authoring";
import type { SecretsChange } from "./secrets-watcher.ts";
import { changeBetween, type Snapshot } from "./snapshot.ts";

/** How a watcher ended. */
export interface End {
  /** Whether somebody closed it, so that loops end without an error. */
  readonly isClosed: boolean;
  /** With what loops reject otherwise. */
  readonly reason: unknown;
}

/** What a loop reads. */
export interface Watched {
  readonly snapshot: () => Snapshot | undefined;
  readonly end: () => End | undefined;
}

interface Reader {
  readonly resolve: (result: IteratorResult<SecretsChange, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

/** One loop over a watcher. It keeps what it last received, and nothing in between. */
export class ChangeIterator implements AsyncIterableIterator<SecretsChange, undefined> {
  readonly #watched: Watched;
  readonly #onLeave: (iterator: ChangeIterator) => void;
  readonly #readers: Reader[] = [];
  #last: Snapshot | undefined;
  #isDone = false;

  constructor(watched: Watched, onLeave: (iterator: ChangeIterator) => void) {
    this.#watched = watched;
    this.#onLeave = onLeave;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<SecretsChange, undefined>> {
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject });
      this.serve();
    });
  }

  async return(): Promise<IteratorResult<SecretsChange, undefined>> {
    this.#finish();
    this.#onLeave(this);
    return { done: true, value: undefined };
  }

  /** Gives those who read what there is. */
  serve(): void {
    const snapshot = this.#watched.snapshot();
    const end = this.#watched.end();
    if (end && !end.isClosed && !this.#isDone) {
      const reader = this.#readers.shift();
      // Without one, whoever reads later learns why.
      if (!reader) return;
      reader.reject(cloneError(end.reason));
    }
    if (end || this.#isDone) {
      this.#finish();
      return;
    }
    const [reader] = this.#readers;
    const change = reader && snapshot && changeBetween(this.#last, snapshot);
    if (!change) return;
    this.#last = snapshot;
    this.#readers.shift();
    reader.resolve({ done: false, value: change });
  }

  #finish(): void {
    this.#isDone = true;
    for (const { resolve } of this.#readers.splice(0)) resolve({ done: true, value: undefined });
  }
}
