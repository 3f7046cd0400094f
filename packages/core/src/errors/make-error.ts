import type { Call } from "../events/publish.ts";
import {
  type InfisicalErrorCode,
  InfisicalSDKError,
  InfisicalSDKRequestError,
  isInfisicalError,
} from "./errors.ts";

/** The rules of options that are anything but text. */
const notText =
  /^must (?:be|have|return) (?:true, false or )?(?:an? |the )?(?:plain |auth |empty )?(?:objects?|functions?|arrays?|agent|instance|transport|strategy|dispatcher|client|InfisicalSDK|plugin|middleware|observer|tracer|meter|AbortSignal)\b/;

/**
 * Creates the error for an option that breaks a rule.
 *
 * @param option - The option's name, as the caller wrote it, e.g. `retry.limit`.
 * @param rule - What it must be, as the end of a sentence: "must be a positive number".
 * @param value - What it was, shown in the message; leave it out if it may be a credential.
 * @returns An error with code `INVALID_OPTION`.
 *
 * @example
 * import { optionError } from "@infisical/core/authoring";
 * const port = 0;
 * if (port < 1) throw optionError("port", "must be at least 1", port);
 */
export function optionError(option: string, rule: string, value?: unknown): InfisicalSDKError {
  const isMisplaced = typeof value === "string" && notText.test(rule);
  // A string passed instead of something else might be the credential that belongs in it.
  const got = value === undefined ? "" : `, got ${isMisplaced ? "a string" : show(value)}`;
  const end = rule.endsWith("?") && got === "" ? "" : ".";
  return new InfisicalSDKError(`${option} ${rule}${got}${end}`, { code: "INVALID_OPTION" });
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

/** The error of an option that threw when it was read; an error of this SDK is returned unchanged. */
export function unreadable(option: string, error: unknown): unknown {
  if (isInfisicalError(error)) return error;
  return optionError(option, "must be readable: a getter or a proxy throws");
}

function show(value: unknown): string {
  try {
    return shown(value);
  } catch {
    return "an object that cannot be read";
  }
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shownText(value));
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** The beginning of a text, up to what might be the password of an address, or its query. Of a key or a token, nothing. */
function shownText(text: string): string {
  if (isSecretForm(text)) return "…";
  const hasUser = /@|%40|:\/\/[^/]*:(?!\d{1,5}(?:\/|$))/i.test(text);
  const secret = hasUser ? /(?<=^(?:[a-z][a-z\d+.-]*:)?\/\/)|[:@]|%40/i.exec(text) : /[?=]/.exec(text);
  const end = Math.min(80, secret?.index ?? text.length);
  return end < text.length ? `${text.slice(0, end)}…` : text;
}

/**
 * Copies a request error with another text: an auth strategy adds what a person should check.
 *
 * @param error - The error; it is not changed.
 * @param reword - Returns the new text for the old one, which comes without its `[URL=...]` and the like.
 * @param code - Another code. Defaults to the error's own.
 * @returns A new error with the other fields of the old one.
 *
 * @example
 * import type { InfisicalSDKRequestError } from "@infisical/core";
 * import { rewordRequestError } from "@infisical/core/authoring";
 * const withAdvice = (error: InfisicalSDKRequestError) =>
 *   rewordRequestError(error, (text) => `${text} Is the token of this pod still mounted?`);
 */
export function rewordRequestError(
  error: InfisicalSDKRequestError,
  reword: (text: string) => string,
  code: InfisicalErrorCode = error.code,
): InfisicalSDKRequestError {
  const { method, url, statusCode, requestId, details, retryAfter, attempts, waited, text, label, cause } =
    error;
  const fields = { method, url, statusCode, requestId, details, retryAfter, attempts, waited, label, cause };
  return new InfisicalSDKRequestError(reword(text), { code, ...fields });
}

/** Notes in the error of a request how often it was sent, and how long it waited. */
export function withAttempts(
  error: unknown,
  { attempts, waited }: Pick<Call, "attempts" | "waited">,
): unknown {
  const isOfRequest = isInfisicalError(error) && error.name === "InfisicalSDKRequestError";
  return isOfRequest ? Object.assign(error, { attempts, waited }) : error;
}

/**
 * Copies an error of this SDK for another caller of shared work, so that callers do not see each other's changes.
 *
 * @param error - Anything that was caught.
 * @returns An error of the same class with the same fields and stack; anything that is not an error of this SDK,
 * unchanged.
 *
 * @example
 * import { cloneError } from "@infisical/core/authoring";
 * const shared: Promise<string> = Promise.resolve("token");
 * const mine = () => shared.catch((error: unknown) => Promise.reject(cloneError(error)));
 */
export function cloneError(error: unknown): unknown {
  if (!isInfisicalError(error)) return error;
  // Created by Error itself, so that tools see an error; the class may be another copy's, so it is not called.
  const copy = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  const { stack: _, ...fields } = Object.getOwnPropertyDescriptors(error);
  for (const field of Object.values(fields)) field.value = copyOf(field.value);
  copy.stack = error.stack;
  return Object.defineProperties(copy, fields);
}

function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) return cloneError(value);
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}

/**
 * Whether a text has the form of a key, a token or a file with one: PEM, a JWT, or JSON; the first two also in base64.
 */
export function isSecretForm(text: string): boolean {
  return /-----BEGIN|LS0tLS1CRUdJTi|(?:^|[\s"'])eyJ[\w-]{8}|^\s*[{[]/.test(text);
}

/**
 * The code of a failure of the system, such as ENOENT, in parentheses after a space; empty if there is none.
 *
 * The rest of such an error is not for people to read: it can hold a path, an address or a password.
 *
 * @param error - Anything that was thrown, even what cannot be read.
 * @returns The text, to be put behind a sentence.
 *
 * @example
 * import { systemCodeText } from "@infisical/core/authoring";
 * const lost = Object.assign(new Error("redis://:secret@cache refused"), { code: "ECONNREFUSED" });
 * console.log(`The store failed${systemCodeText(lost)}.`); // The store failed (ECONNREFUSED).
 */
export function systemCodeText(error: unknown): string {
  try {
    const { code } = error as { readonly code?: unknown };
    return typeof code === "string" && /^E[A-Z]{3,}$/.test(code) ? ` (${code})` : "";
  } catch {
    return "";
  }
}
