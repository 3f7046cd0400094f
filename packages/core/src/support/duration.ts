import ms from "ms";
import { optionError } from "../errors/option-error.ts";
import { longestTimer } from "./clock.ts";

/**
 * A length of time: a number of milliseconds, or a string such as `"30s"`, `"5m"` or `"1.5h"`.
 *
 * @example
 * import { type Duration } from "@infisical/core";
 * const timeout: Duration = "10s";
 */
export type Duration = number | string;

/**
 * Turns a {@link Duration} into milliseconds.
 *
 * @param option - The option's name, for the error.
 * @param value - The duration.
 * @returns Milliseconds, zero or more.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a duration, or negative.
 *
 * @example
 * import { toMilliseconds } from "@infisical/core/authoring";
 * toMilliseconds("ttl", "5m"); // 300000
 */
export function toMilliseconds(option: string, value: unknown): number {
  const milliseconds = typeof value === "string" ? parse(value) : value;
  if (typeof milliseconds !== "number" || !Number.isFinite(milliseconds) || milliseconds < 0) {
    throw optionError(option, 'must be a number of milliseconds or a string such as "30s" or "5m"', value);
  }
  return milliseconds;
}

function parse(text: string): number | undefined {
  if (text.trim() === "" || text.length > 100) return undefined;
  return ms(text.trim() as ms.StringValue);
}

/** Checks a `timeout` and returns it in milliseconds. */
export function parseTimeout(option: string, timeout: unknown): number {
  const milliseconds = toMilliseconds(option, timeout);
  if (milliseconds > 0 && milliseconds <= longestTimer) return milliseconds;
  throw optionError(option, "must be greater than 0 and at most 24 days", timeout);
}
