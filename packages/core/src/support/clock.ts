import { abortReason, onAbort } from "./signal.ts";

/**
 * Where a client takes the time from, so that tests can move it.
 *
 * It governs tokens, waits between attempts, leases and caches. It does not govern `timeout`: sockets live in real
 * time, and so does their limit.
 *
 * @example
 * import { createClient, type Clock } from "@infisical/core";
 * const clock: Clock = { now: () => Date.now(), sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) };
 * createClient({ clock });
 */
export interface Clock {
  /** The current time, in milliseconds since 1970. */
  now(): number;
  /**
   * Waits. It can wake early: callers that need the whole time look at `now` again.
   *
   * @param milliseconds - How long, in milliseconds.
   * @param signal - Ends the wait early; the promise then rejects with the signal's reason.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds that passed since some moment, whoever sets the clock meanwhile. `performance.now` by default. */
  monotonic?(): number;
}

/** What timers can count to, in milliseconds: about 24 days. Longer delays fire immediately. */
export const longestTimer: number = 2 ** 31 - 1;

/** The machine's own clock; a sleep beyond {@link longestTimer} wakes early. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          forget();
          resolve();
        },
        Math.min(milliseconds, longestTimer),
      );
      const forget = onAbort(signal, () => {
        clearTimeout(timer);
        reject(abortReason(signal as AbortSignal));
      });
    }),
};
