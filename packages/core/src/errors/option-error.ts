import { InfisicalSDKError } from "./errors.ts";

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

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
