import type { Duration } from "@infisical/core";
import { optionError, toMilliseconds } from "@infisical/core/authoring";

const shortest = 60_000;
/** As the server counts: ten times 365.25 days. */
const longest = 315_576_000_000;

/**
 * Checks a TTL by the server's own bounds and gives it as a string that the server can read.
 *
 * A server takes any text when a dynamic secret is made, and fails with a 500 when it is leased.
 */
export function checkTtl(option: string, ttl: Duration): string {
  const milliseconds = toMilliseconds(option, ttl);
  if (milliseconds < shortest) throw optionError(option, "must be at least 1 minute", ttl);
  if (milliseconds > longest) throw optionError(option, "must be at most 10 years", ttl);
  return String(ttl).trim();
}

/** The same for a TTL that may be left out. */
export function checkOptionalTtl(option: string, ttl: Duration | undefined): string | undefined {
  return ttl === undefined ? undefined : checkTtl(option, ttl);
}
