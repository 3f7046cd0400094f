import { boolean, number, type ObjectOf, object, optional } from "./check.ts";

/**
 * The server's clock, which a test can move forward.
 *
 * It has the shape of the SDK client's `clock` option, so one clock can drive both ends.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 *
 * const server = createTestServer();
 * server.clock.advance(3_600_000); // one hour later
 */
export interface TestClock {
  /** The current time in milliseconds since 1970. */
  now(): number;
  /**
   * Moves the time forward and wakes every sleeper whose time has come.
   *
   * @param milliseconds - How far, in milliseconds; 0 or more.
   * @throws RangeError when the number is negative or not finite.
   */
  advance(milliseconds: number): void;
  /**
   * Waits until the clock, by itself or by `advance`, has moved this far.
   *
   * @param milliseconds - How long, in milliseconds.
   * @param signal - Ends the wait early; the promise then rejects with the signal's reason.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const clockOptions = object({
  /**
   * Whether only `advance` moves the clock.
   *
   * @defaultValue false: the clock runs with real time
   */
  frozen: optional(boolean),
  /**
   * The time at the start, in milliseconds since 1970.
   *
   * @defaultValue the real time, or 2026-01-01T00:00:00.000Z when the clock is frozen
   */
  now: optional(number),
});

/**
 * How the server's clock starts and whether it runs by itself.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({ clock: { frozen: true, now: Date.UTC(2030, 0, 1) } });
 */
export interface TestClockOptions extends ObjectOf<typeof clockOptions.fields> {}

interface Sleeper {
  readonly due: number;
  /** Whether it keeps the process alive. */
  readonly keepsAlive: boolean;
  readonly wake: () => void;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

const frozenStart = Date.UTC(2026, 0, 1);
const longestTimer = 2_147_483_647;

/** A clock that runs with real time plus an offset, or stands still until it is moved. */
export class MovableClock implements TestClock {
  readonly #frozen: boolean;
  readonly #start: number | undefined;
  readonly #sleepers = new Set<Sleeper>();
  #offset = 0;

  constructor(options: TestClockOptions = {}) {
    this.#frozen = options.frozen ?? false;
    this.#start = options.now ?? (this.#frozen ? frozenStart : undefined);
    this.#rewind();
  }

  now(): number {
    return this.#frozen ? this.#offset : Date.now() + this.#offset;
  }

  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError(
        `advance() milliseconds must be a finite number of 0 or more, got ${milliseconds}`,
      );
    }
    this.#offset += milliseconds;
    for (const sleeper of [...this.#sleepers]) if (this.#sleepers.has(sleeper)) this.#arm(sleeper);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = (): void => {
        this.#forget(sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper: Sleeper = { due: this.now() + milliseconds, keepsAlive: true, wake };
      signal?.addEventListener("abort", abort, { once: true });
      this.#arm(sleeper);
    });
  }

  /** Calls back when the clock reaches a time. An alarm does not keep the process alive. */
  alarm(due: number, wake: () => void): void {
    this.#arm({ due, keepsAlive: false, wake });
  }

  /** Goes back to the start time and wakes every sleeper, so that none waits for a time that no longer applies. */
  reset(): void {
    this.#rewind();
    for (const sleeper of [...this.#sleepers]) this.#wake(sleeper);
  }

  #rewind(): void {
    const start = this.#start;
    if (start === undefined) this.#offset = 0;
    else this.#offset = this.#frozen ? start : start - Date.now();
  }

  #arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const remaining = sleeper.due - this.now();
    if (remaining <= 0) {
      this.#wake(sleeper);
      return;
    }
    this.#sleepers.add(sleeper);
    if (this.#frozen) return;
    sleeper.timer = setTimeout(() => this.#arm(sleeper), Math.min(remaining, longestTimer));
    // In a page a timer is a number, and nothing is kept alive.
    if (!sleeper.keepsAlive && typeof sleeper.timer === "object") sleeper.timer.unref();
  }

  #wake(sleeper: Sleeper): void {
    this.#forget(sleeper);
    sleeper.wake();
  }

  #forget(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    this.#sleepers.delete(sleeper);
  }
}
