import type { Clock } from "@infisical/core";

/** A clock that only a test moves, and that tells when somebody waits by it. */
export class MovedClock implements Clock {
  /** How long each sleep was to take, in milliseconds. */
  readonly sleeps: number[] = [];
  #time = 0;
  #wall = Date.parse("2026-11-26T12:00:00Z");
  readonly #sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  #onSleep: (() => void)[] = [];

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#time;
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    return new Promise((resolve, reject) => {
      const sleeper = {
        due: this.#time + milliseconds,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
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

  /** Lets time pass, by both clocks. */
  advance(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#time += milliseconds;
    for (const sleeper of [...this.#sleepers]) if (sleeper.due <= this.#time) sleeper.wake();
  }

  /** Sets the wall clock, in which no time passes. */
  jump(milliseconds: number): void {
    this.#wall += milliseconds;
  }
}
