import { InfisicalSDKError, isInfisicalError } from "./errors.ts";

/**
 * Makes the error for an option that breaks a rule.
 *
 * @param option - The option's name, as the caller wrote it, e.g. `retry.limit`.
 * @param rule - What it must be, as the end of a sentence: "must be a positive number".
 * @param value - What it was, shown in the message; leave it out where it may be a credential.
 * @returns An error with code `INVALID_OPTION`.
 *
 * @example
 * import { optionError } from "@infisical/core/authoring";
 * const port = 0;
 * if (port < 1) throw optionError("port", "must be at least 1", port);
 */
export function optionError(option: string, rule: string, value?: unknown): InfisicalSDKError {
  const got = value === undefined ? "" : `, got ${show(value)}`;
  return new InfisicalSDKError(`${option} ${rule}${got}.`, { code: "INVALID_OPTION" });
}

/**
 * Reads what a caller passed, whose getters may throw and whose proxies may be revoked.
 *
 * @param option - The option's name, for the error.
 * @param read - Reads it.
 * @returns What `read` returns.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be read.
 *
 * @example
 * import { readOption } from "@infisical/core/authoring";
 * const regionOf = (options: { region?: string }) => readOption("region", () => options.region);
 */
export function readOption<Value>(option: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw unreadable(option, error);
  }
}

/** The error of an option that threw when it was read; an error of ours is left as it is. */
export function unreadable(option: string, error: unknown): unknown {
  if (isInfisicalError(error)) return error;
  return optionError(option, "must be readable: a getter or a proxy of it throws");
}

function show(value: unknown): string {
  try {
    return shown(value);
  } catch {
    return "an object that cannot be read";
  }
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
