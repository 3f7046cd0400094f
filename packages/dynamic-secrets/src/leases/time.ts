import type { Clock } from "@infisical/core";
import { abortReason, onAbort } from "@infisical/core/authoring";

/** The shortest and the longest sleep between two looks at the clocks, in milliseconds. */
const shortestSlice = 1_000;
const longestSlice = 15_000;

/** The part of a wait that one sleep takes, within those bounds. */
const slicesPerWait = 8;

/**
 * Measures elapsed time, in milliseconds since it was created, by whichever of two clocks shows more of it.
 *
 * The wall clock can be set back, and the monotonic clock can stop while a machine is suspended. Timers can stop with it,
 * so sleeps are divided into slices.
 */
export class ElapsedTime {
  readonly #clock: Clock;
  #wall: number;
  #monotonic: number;
  #elapsed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
    this.#monotonic = this.#readMonotonic();
  }

  /** The time that has elapsed. */
  now(): number {
    const wall = this.#clock.now();
    const monotonic = this.#readMonotonic();
    this.#elapsed += Math.max(wall - this.#wall, monotonic - this.#monotonic, 0);
    this.#wall = wall;
    this.#monotonic = monotonic;
    return this.#elapsed;
  }

  /** The time that will have elapsed when the wall clock shows a date, if nobody sets it until then. */
  at(date: number): number {
    return this.now() + date - this.#wall;
  }

  /** Sleeps until a time. Rejects with the signal's reason if it aborts first. */
  async sleepUntil(time: number, signal: AbortSignal): Promise<void> {
    for (let left = time - this.now(); left > 0; left = time - this.now()) {
      const slice = Math.max(shortestSlice, Math.min(left / slicesPerWait, longestSlice));
      await this.#clock.sleep(Math.min(left, slice), signal);
    }
  }

  /** Runs an operation until a time, then aborts it and resolves to `undefined`. */
  async runUntil<Result>(
    time: number,
    signal: AbortSignal,
    operation: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    signal.throwIfAborted();
    const controller = new AbortController();
    const forget = onAbort(signal, () => controller.abort(abortReason(signal)));
    try {
      const timeUp = this.sleepUntil(time, controller.signal).then(() => undefined);
      return await Promise.race([operation(controller.signal), timeUp]);
    } finally {
      forget();
      controller.abort();
    }
  }

  #readMonotonic(): number {
    return this.#clock.monotonic?.() ?? performance.now();
  }
}
