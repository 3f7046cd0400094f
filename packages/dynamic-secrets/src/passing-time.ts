import type { Clock } from "@infisical/core";
import { abortReason, onAbort } from "@infisical/core/authoring";

/** The longest sleep between two looks at the clocks, in milliseconds. */
const longestSlice = 15_000;

/**
 * Time as it passes, in milliseconds since it was made, by whichever of two clocks says more of it.
 *
 * The wall clock can be set back, and the monotonic one stands still in a machine that is suspended. Timers may stand
 * still with it, so sleeps are cut into slices.
 */
export class PassingTime {
  readonly #clock: Clock;
  #wall: number;
  #monotonic: number;
  #passed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
    this.#monotonic = this.#readMonotonic();
  }

  /** How much has passed. */
  now(): number {
    const wall = this.#clock.now();
    const monotonic = this.#readMonotonic();
    this.#passed += Math.max(wall - this.#wall, monotonic - this.#monotonic, 0);
    this.#wall = wall;
    this.#monotonic = monotonic;
    return this.#passed;
  }

  /** How much will have passed when the wall clock shows a date, if nobody sets it meanwhile. */
  at(date: number): number {
    return this.now() + date - this.#wall;
  }

  /** Waits until so much has passed. Rejects with the signal's reason if it aborts first. */
  async sleepUntil(time: number, signal: AbortSignal): Promise<void> {
    for (let left = time - this.now(); left > 0; left = time - this.now()) {
      const slice = Math.max(1000, Math.min(left / 8, longestSlice));
      await this.#clock.sleep(Math.min(left, slice), signal);
    }
  }

  /** Runs an operation until so much has passed, then aborts it and gives `undefined`. */
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
