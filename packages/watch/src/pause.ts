import type { Clock } from "@infisical/core";
import { abortReason, onAbort, systemClock } from "@infisical/core/authoring";

/** Waits some milliseconds; rejects with the signal's reason if it aborts first. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The longest delay of a timer, in milliseconds. Longer delays fire immediately. */
const longestTimer = 2 ** 31 - 1;

/**
 * How to wait by a clock: by a timer that keeps no process alive, unless it is wanted to, or as a clock of the caller's
 * own waits.
 */
export function sleepBy(clock: Clock, ref: boolean): Sleep {
  const byTimer: Sleep = (milliseconds, signal) => sleepByTimer(milliseconds, signal, ref);
  return clock === systemClock
    ? byTimer
    : (milliseconds, signal) => sleepByClock(clock, milliseconds, signal);
}

function sleepByTimer(milliseconds: number, signal: AbortSignal, ref: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer: unknown = setTimeout(
      () => {
        forget();
        resolve();
      },
      Math.min(milliseconds, longestTimer),
    );
    // In a page a timer is a number, and keeps nothing alive.
    if (!ref) (timer as { unref?(): void }).unref?.();
    const forget = onAbort(signal, () => {
      clearTimeout(timer as number);
      reject(abortReason(signal));
    });
  });
}

/** A clock may wake early. One that was set back while it slept does not say how long that was, so it was long enough. */
async function sleepByClock(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  const read = (): number => clock.monotonic?.() ?? clock.now();
  for (let left = milliseconds; left > 0; ) {
    const before = read();
    await clock.sleep(left, signal);
    const passed = read() - before;
    left -= passed > 0 ? passed : left;
  }
}

/** Waits for a time or a call of `wake`, whichever comes first. */
export class Pause {
  readonly #sleep: Sleep;
  #isWoken = false;
  #end: () => void = () => undefined;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  /** Ends the wait under way, or the next one before it begins. */
  wake(): void {
    this.#isWoken = true;
    this.#end();
  }

  /** Forgets the calls of `wake` so far: what they were for begins now. */
  reset(): void {
    this.#isWoken = false;
  }

  /** Waits. Never rejects. */
  async wait(milliseconds: number): Promise<void> {
    if (this.#isWoken) return;
    const controller = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    const slept = this.#sleep(milliseconds, controller.signal).catch(async () => {
      // A clock that cannot sleep must not make a loop that never waits.
      if (!controller.signal.aborted) await sleepByTimer(milliseconds, controller.signal, false);
    });
    slept.catch(() => undefined);
    await Promise.race([slept, woken]);
    this.#end = () => undefined;
    controller.abort();
  }
}

/** A time up to a quarter shorter or longer, so that programs that start together do not ask together forever. */
export function spread(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}
