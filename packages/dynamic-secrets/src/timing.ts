import type { Clock } from "@infisical/core";

/** The longest that a timer can count, about 24 days. */
const longestSleep = 2 ** 31 - 1;

/** Waits until the clock shows a time. Rejects with the signal's reason if it aborts first. */
export async function sleepUntil(clock: Clock, time: number, signal: AbortSignal): Promise<void> {
  for (let left = time - clock.now(); left > 0; left = time - clock.now()) {
    await clock.sleep(Math.min(left, longestSleep), signal);
  }
}

/** Runs an operation until the clock shows a time, then aborts it and gives `undefined`. */
export async function runUntil<Result>(
  clock: Clock,
  time: number,
  signal: AbortSignal,
  operation: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const timeUp = sleepUntil(clock, time, controller.signal).then(() => undefined);
    return await Promise.race([operation(controller.signal), timeUp]);
  } finally {
    signal.removeEventListener("abort", abort);
    controller.abort();
  }
}
