import type { Clock } from "../support/time.ts";
import type { Failure } from "./failure.ts";

/** The most repeats that a client can have saved up. */
const capacity = 100;
/** What each success adds, and each second. */
const perSuccess = 0.2;
const perSecond = 1;

/**
 * How many requests a client may still repeat because the server refuses or fails them.
 *
 * Repeats help against a failure of one request. If the server fails them all, they multiply its load: then they run out,
 * and calls fail with the server's own answer.
 */
export class RetryBudget {
  readonly #clock: Clock;
  #left = capacity;
  #refilledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#refilledAt = clock.now();
  }

  /** Takes one repeat; returns whether there was one. A server that was not reached has no load. */
  take({ error: { code } }: Failure): boolean {
    if (code === "UNREACHABLE") return true;
    const now = this.#clock.now();
    const passed = Math.max(0, now - this.#refilledAt);
    this.#refilledAt = now;
    this.#add((passed / 1000) * perSecond);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Notes a success after this number of repeats, which were well spent. */
  succeed(repeats: number): void {
    this.#add(perSuccess + repeats);
  }

  #add(repeats: number): void {
    this.#left = Math.min(capacity, this.#left + repeats);
  }
}
