import type { Clock } from "@infisical/core";
import { isSystemClock } from "@infisical/core/authoring";

/** Nobody sleeps longer without a look at the clock, in milliseconds: it can be set, and a machine can be suspended. */
const longestSleep = 15 * 60_000;

/** Calls back at a time by a clock, without keeping the process alive. */
export class Alarm {
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls back after some milliseconds; a call that is still due is forgotten.
   *
   * The wall clock decides, since dates are what certificates have. If it is set back, the time that has passed does.
   */
  set(milliseconds: number, ring: () => void): void {
    this.clear();
    const [wall, passed] = [this.#clock.now(), this.#passed()];
    let cancel = (): void => undefined;
    const look = (): void => {
      const left = milliseconds - Math.max(this.#clock.now() - wall, this.#passed() - passed);
      if (left <= 0) ring();
      else cancel = this.#start(Math.min(left, longestSleep), look);
    };
    this.#cancel = () => cancel();
    cancel = this.#start(Math.min(Math.max(milliseconds, 0), longestSleep), look);
  }

  /** Forgets the call that is due. */
  clear(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }

  #passed(): number {
    return this.#clock.monotonic?.() ?? performance.now();
  }

  #start(milliseconds: number, ring: () => void): () => void {
    if (isSystemClock(this.#clock)) return startTimer(milliseconds, ring);
    const controller = new AbortController();
    const { signal } = controller;
    let cancel = (): void => controller.abort();
    const sleep = async (): Promise<void> => this.#clock.sleep(milliseconds, signal);
    sleep().then(
      () => {
        // A clock may sleep on regardless of the signal.
        if (!signal.aborted) ring();
      },
      () => {
        // A clock that cannot sleep must not make a loop that never waits.
        if (!signal.aborted) cancel = startTimer(milliseconds, ring);
      },
    );
    return () => cancel();
  }
}

function startTimer(milliseconds: number, ring: () => void): () => void {
  const timer: unknown = setTimeout(ring, milliseconds);
  // In a page a timer is a number, and keeps nothing alive.
  (timer as { unref?(): void }).unref?.();
  return () => clearTimeout(timer as number);
}
