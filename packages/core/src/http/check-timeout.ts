import { longestTimer } from "../clock.ts";
import { type Duration, toMilliseconds } from "../duration.ts";
import { optionError } from "../errors/option-error.ts";

/** Checks a `timeout` and gives it in milliseconds. */
export function checkTimeout(timeout: Duration): number {
  const milliseconds = toMilliseconds("timeout", timeout);
  if (milliseconds === 0 || milliseconds > longestTimer) {
    throw optionError("timeout", "must be more than 0 and at most 24 days", timeout);
  }
  return milliseconds;
}
