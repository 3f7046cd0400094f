import type { Clock } from "@infisical/core";

/** When something was asked for. */
export interface Moment {
  /** By the wall clock, in milliseconds since 1970. */
  readonly wall: number;
  /** The lowest reading of the wall clock since then. */
  lowest: number;
  /** By a clock that nobody sets. */
  readonly steady: number;
}

/**
 * Tells how old something is, although the wall clock may be set meanwhile.
 *
 * An age is what has passed since the lowest reading of the wall clock, or by the clock that nobody sets, whichever is
 * more. A step back thus makes nothing younger than it is, or immortal. A step ahead makes everything older until the
 * clock is set right, since it cannot be told from the sleep of a frozen process, which the steady clock misses.
 */
export class Ages {
  readonly #wall: () => number;
  readonly #steady: () => number;

  /** Takes the machine's clocks, or one that tests move, beside which real time does not count. */
  constructor(clock: Pick<Clock, "now"> | undefined) {
    this.#wall = clock ? () => clock.now() : () => Date.now();
    this.#steady = clock ? () => 0 : () => performance.now();
  }

  now(): Moment {
    const wall = this.#wall();
    return { wall, lowest: wall, steady: this.#steady() };
  }

  /** How long ago a moment was, in milliseconds; never negative. */
  since(moment: Moment): number {
    const wall = this.#wall();
    moment.lowest = Math.min(moment.lowest, wall);
    return Math.max(wall - moment.lowest, this.#steady() - moment.steady);
  }

  /** Whether the wall clock was set back to before a moment, so that nobody can say what happened since. */
  isAhead(moment: Moment): boolean {
    return this.#wall() < moment.wall;
  }
}
