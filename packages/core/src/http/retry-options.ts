import { type Duration, toMilliseconds } from "../duration.ts";
import { optionError } from "../errors/option-error.ts";

/** How often and how patiently a failed request is tried again. */
export interface RetryOptions {
  /**
   * How many times a request is sent again after its first attempt.
   *
   * @defaultValue 4
   */
  readonly limit?: number | undefined;
  /**
   * The upper bound of the first wait; it doubles with every further one. The wait itself is random below it.
   *
   * @defaultValue "500ms"
   */
  readonly baseDelay?: Duration | undefined;
  /**
   * The upper bound of every wait, also of one that the server asks for.
   *
   * @defaultValue "60s"
   */
  readonly maxDelay?: Duration | undefined;
}

/** The retry policy's numbers, delays in milliseconds. */
export interface RetryLimits {
  readonly limit: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
}

/** Checks the client's `retry`; `undefined` means no retries at all. */
export function checkRetryOptions(retry: RetryOptions | false | undefined): RetryLimits | undefined {
  if (retry === false) return undefined;
  if (retry !== undefined && (typeof retry !== "object" || retry === null)) {
    throw optionError("retry", "must be an object or false", retry);
  }
  const { limit = 4, baseDelay = 500, maxDelay = 60_000 } = retry ?? {};
  if (!Number.isInteger(limit) || limit < 0)
    throw optionError("retry.limit", "must be a whole number, 0 or more", limit);
  return {
    limit,
    baseDelay: toMilliseconds("retry.baseDelay", baseDelay),
    maxDelay: toMilliseconds("retry.maxDelay", maxDelay),
  };
}
