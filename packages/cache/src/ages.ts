import type { Clock } from "@infisical/core";

/** When something was requested. */
export interface Moment {
  /** By the wall clock, in milliseconds since 1970. */
  readonly wall: number;
  /** The lowest reading of the wall clock since then. */
  lowest: number;
  /** By the monotonic clock. */
  readonly monotonic: number;
}

/**
 * Computes how old something is, even if the wall clock is set in the meantime.
 *
 * An age is the time since the lowest reading of the wall clock, or by the monotonic clock, whichever is longer. A
 * step back of the wall clock thus makes nothing younger than it is, or immortal. A step ahead makes everything older
 * until the clock is set right: it looks like the sleep of a frozen process, which the monotonic clock misses.
 */
export class Ages {
  readonly #wall: () => number;
  readonly #monotonic: () => number;

  /** Uses the machine's clocks, or one that tests move, in which case real time does not count. */
  constructor(clock: Pick<Clock, "now"> | undefined) {
    this.#wall = clock ? () => clock.now() : () => Date.now();
    this.#monotonic = clock ? () => 0 : () => performance.now();
  }

  now(): Moment {
    const wall = this.#wall();
    return { wall, lowest: wall, monotonic: this.#monotonic() };
  }

  /** The moment that was some milliseconds ago. */
  before(age: number): Moment {
    const { wall, monotonic } = this.now();
    return { wall: wall - age, lowest: wall - age, monotonic: monotonic - age };
  }

  /** How long ago a moment was, in milliseconds; never negative. */
  since(moment: Moment): number {
    return this.#since(moment, this.#wall());
  }

  /** Whether a moment is less than `ttl` ago; never while the wall clock is set to before it, as the age is unknown. */
  isFresh(moment: Moment, ttl: number): boolean {
    const wall = this.#wall();
    return this.#since(moment, wall) < ttl && wall >= moment.wall;
  }

  #since(moment: Moment, wall: number): number {
    moment.lowest = Math.min(moment.lowest, wall);
    return Math.max(wall - moment.lowest, this.#monotonic() - moment.monotonic);
  }
}
