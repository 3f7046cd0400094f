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

/** How the server's clock starts and whether it runs by itself. */
export interface TestClockOptions {
  /**
   * Whether only `advance` moves the clock.
   *
   * @defaultValue false: the clock runs with real time
   */
  readonly frozen?: boolean | undefined;
  /**
   * The time at the start, in milliseconds since 1970.
   *
   * @defaultValue the real time, or 2026-01-01T00:00:00.000Z when the clock is frozen
   */
  readonly now?: number | undefined;
}

interface Sleeper {
  readonly due: number;
  /** Whether it keeps the process alive. */
  readonly keepsAlive: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  wake(): void;
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
    for (const sleeper of [...this.#sleepers]) this.#arm(sleeper);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const finish = (settle: () => void): void => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = (): void => finish(() => reject(signal?.reason));
      const sleeper: Sleeper = {
        due: this.now() + milliseconds,
        keepsAlive: true,
        timer: undefined,
        wake: () => finish(resolve),
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
      this.#arm(sleeper);
    });
  }

  /** Calls back when the clock reaches a time. An alarm does not keep the process alive. */
  alarm(due: number, ring: () => void): void {
    const sleeper: Sleeper = {
      due,
      keepsAlive: false,
      timer: undefined,
      wake: () => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        ring();
      },
    };
    this.#sleepers.add(sleeper);
    this.#arm(sleeper);
  }

  /** Goes back to the start time and wakes every sleeper, so that none waits for a time that no longer applies. */
  reset(): void {
    this.#rewind();
    for (const sleeper of [...this.#sleepers]) sleeper.wake();
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
      sleeper.wake();
    } else if (!this.#frozen) {
      sleeper.timer = setTimeout(() => this.#arm(sleeper), Math.min(remaining, longestTimer));
      if (!sleeper.keepsAlive) sleeper.timer.unref();
    }
  }
}
