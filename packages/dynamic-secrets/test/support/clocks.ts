import type { Clock } from "@infisical/core";
import type { TestServer } from "@infisical/test-server";

/** A machine's clocks: a wall clock that can be set, a monotonic clock that can stop, and timers. */
export interface MachineClock extends Clock {
  /** Sets the wall clock, forward or back. */
  set(milliseconds: number): void;
  /** Stops timers and the monotonic clock for a time, as a suspended machine does; the server's time continues. */
  suspend(milliseconds: number): void;
  /** The requested length of each sleep, in milliseconds. */
  readonly sleeps: number[];
}

/** The clocks of a client's machine, which follow the server's time. */
export function machineClock({ clock }: TestServer): MachineClock {
  const sleeps: number[] = [];
  let set = 0;
  let suspended = 0;
  const monotonic = (): number => clock.now() - suspended;
  return {
    sleeps,
    monotonic,
    now: () => clock.now() + set,
    async sleep(milliseconds, signal) {
      sleeps.push(milliseconds);
      const due = monotonic() + milliseconds;
      // Advancing the server's clock wakes it at a time that was right before a suspension.
      do await clock.sleep(due - monotonic(), signal);
      while (monotonic() < due);
    },
    set: (milliseconds) => {
      set += milliseconds;
    },
    suspend: (milliseconds) => {
      suspended += milliseconds;
      clock.advance(milliseconds);
    },
  };
}
