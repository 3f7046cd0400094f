import type { Clock } from "@infisical/core";

/** A clock that only a test moves, and that tells when somebody waits by it. It starts at the machine's time. */
export class MovedClock implements Clock {
  #moved = 0;
  readonly #start = Date.now();
  readonly #sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  #onSleep: (() => void)[] = [];

  now(): number {
    return this.#start + this.#moved;
  }

  monotonic(): number {
    return this.#moved;
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        due: this.#moved + milliseconds,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
      for (const tell of this.#onSleep.splice(0)) tell();
    });
  }

  /** Resolves when somebody begins to sleep. */
  nextSleep(): Promise<void> {
    return new Promise((resolve) => this.#onSleep.push(resolve));
  }

  /** Lets time pass, and wakes whoever has slept long enough. */
  advance(milliseconds: number): void {
    this.#moved += milliseconds;
    for (const sleeper of [...this.#sleepers]) if (sleeper.due <= this.#moved) sleeper.wake();
  }
}
