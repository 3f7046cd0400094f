import type { Clock } from "@infisical/core";
import { isSystemClock } from "@infisical/core/authoring";

/** Calls back once, after some milliseconds; returns a function that prevents it. */
export type Alarm = (milliseconds: number, ring: () => void) => () => void;

/** The longest delay of a timer, in milliseconds. Longer delays fire immediately. */
const longestTimer = 2 ** 31 - 1;

/**
 * How to wait by a clock: by a timer that keeps no process alive, unless it is wanted to, or as a clock of the caller's
 * own waits.
 */
export function alarmBy(clock: Clock, ref: boolean): Alarm {
  if (isSystemClock(clock)) return (milliseconds, ring) => startTimer(milliseconds, ring, ref);
  return (milliseconds, ring) => {
    const controller = new AbortController();
    let cancel = (): void => controller.abort();
    const { signal } = controller;
    sleepByClock(clock, milliseconds, signal).then(
      () => {
        // A clock may sleep on regardless of the signal.
        if (!signal.aborted) ring();
      },
      () => {
        // A clock that cannot sleep must not make a loop that never waits.
        if (!signal.aborted) cancel = startTimer(milliseconds, ring, ref);
      },
    );
    return () => cancel();
  };
}

function startTimer(milliseconds: number, ring: () => void, ref: boolean): () => void {
  const timer: unknown = setTimeout(ring, Math.min(milliseconds, longestTimer));
  // In a page a timer is a number, and keeps nothing alive.
  if (!ref) (timer as { unref?(): void }).unref?.();
  return () => clearTimeout(timer as number);
}

/** A clock may wake early. One that was set back while it slept does not say how long that was, so it was long enough. */
async function sleepByClock(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  const read = (): number => clock.monotonic?.() ?? clock.now();
  for (let left = milliseconds; left > 0 && !signal.aborted; ) {
    const before = read();
    await clock.sleep(left, signal);
    const passed = read() - before;
    left -= passed > 0 ? passed : left;
  }
}

/** Waits for a time or a call of `wake`, whichever comes first. */
export class Pause {
  readonly #start: Alarm;
  #isWoken = false;
  #end: () => void = () => undefined;

  constructor(alarm: Alarm) {
    this.#start = alarm;
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
  wait(milliseconds: number): Promise<void> {
    if (this.#isWoken) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#start(milliseconds, () => this.#end());
      this.#end = () => {
        this.#end = () => undefined;
        cancel();
        resolve();
      };
    });
  }
}

/** A time up to a quarter shorter or longer, so that programs that start together do not ask together forever. */
export function spread(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}
