import type { InfisicalErrorCode } from "./error-code.ts";

/** Shared by every copy of this package in a process, so that copies recognize each other's errors. */
const errorMark: unique symbol = Symbol.for("infisical.sdk.error") as never;

/** What an {@link InfisicalSDKError} is made of. */
export interface InfisicalSDKErrorOptions {
  /** The word to branch on. */
  readonly code: InfisicalErrorCode;
  /** The error behind this one, if it holds no credential; `undefined` where there is none. */
  readonly cause?: unknown;
}

/**
 * The base of every error that this SDK throws.
 *
 * Neither its fields nor its text hold a credential, a request body or a secret's value.
 *
 * @example
 * import { createClient, InfisicalSDKError } from "@infisical/core";
 * try {
 *   createClient({ timeout: "soon" });
 * } catch (error) {
 *   if (error instanceof InfisicalSDKError) console.error(error.code); // "INVALID_OPTION"
 * }
 */
export class InfisicalSDKError extends Error {
  /** The class's name, which minifiers leave alone and which tells the two kinds of errors apart. */
  override readonly name: "InfisicalSDKError" | "InfisicalSDKRequestError" = "InfisicalSDKError";

  /** The word to branch on; `docs/errors.md` lists them with cause and cure. */
  readonly code: InfisicalErrorCode;

  constructor(message: string, { code, cause }: InfisicalSDKErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.defineProperty(this, errorMark, { value: true });
  }
}

/** What an {@link InfisicalSDKRequestError} is made of. */
export interface InfisicalSDKRequestErrorOptions extends InfisicalSDKErrorOptions {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The address without its query. */
  readonly url: string;
  /** The status of the response; absent where none arrived. */
  readonly statusCode?: number | undefined;
  /** The server's own id of the request, for its logs; absent where none was sent. */
  readonly requestId?: string | undefined;
  /**
   * What the server added: the list of a failed validation, the rules of a refused permission, an approval;
   * `undefined` where it added nothing.
   */
  readonly details?: unknown;
  /** How long the server asked to wait, in seconds; absent where it did not. */
  readonly retryAfter?: number | undefined;
}

/**
 * A request that failed: the server refused it, or no usable response came back.
 *
 * @example
 * import { createClient, InfisicalSDKRequestError } from "@infisical/core";
 * const client = createClient();
 * try {
 *   await client.request({ method: "GET", path: "/api/status" });
 * } catch (error) {
 *   if (error instanceof InfisicalSDKRequestError && error.statusCode === 404) console.error(error.url);
 * }
 */
export class InfisicalSDKRequestError extends InfisicalSDKError {
  /** Tells this kind of error from the other one. */
  override readonly name = "InfisicalSDKRequestError";

  /** The HTTP method, in capitals. */
  readonly method: string;

  /** The address without its query. */
  readonly url: string;

  /** The status of the response; `undefined` where none arrived. */
  readonly statusCode: number | undefined;

  /** The server's own id of the request, for its logs; older servers send none. */
  readonly requestId: string | undefined;

  /**
   * What the server added: the list of a failed validation, the rules of a refused permission, an approval;
   * `undefined` where it added nothing.
   */
  readonly details: unknown;

  /** How long the server asked to wait, in seconds; `undefined` where it did not. */
  readonly retryAfter: number | undefined;

  /** The message without its address, method and status. Not enumerable. */
  declare readonly text: string;

  constructor(text: string, options: InfisicalSDKRequestErrorOptions) {
    super(formatMessage(text, options), options);
    this.method = options.method;
    this.url = options.url;
    this.statusCode = options.statusCode;
    this.requestId = options.requestId;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    Object.defineProperty(this, "text", { value: text });
  }
}

function formatMessage(text: string, { url, method, statusCode }: InfisicalSDKRequestErrorOptions): string {
  const status = statusCode === undefined ? "" : ` [StatusCode=${statusCode}]`;
  return `[URL=${url}] [Method=${method}]${status} ${text}`;
}

/** Any error of this SDK; its `name` tells the two kinds apart. */
export type AnyInfisicalError =
  | (InfisicalSDKError & {
      /** Tells this kind of error from one of a request. */
      readonly name: "InfisicalSDKError";
    })
  | InfisicalSDKRequestError;

/**
 * Tells whether a caught value is an error of this SDK, whichever copy of the package made it.
 *
 * `instanceof` fails between the ESM and the CommonJS copy of a package in one process; this does not.
 *
 * @param error - Anything that was caught.
 * @returns `true` for the errors of this SDK; `error.name` then tells request errors from others.
 *
 * @example
 * import { createClient, isInfisicalError } from "@infisical/core";
 * try {
 *   await createClient().request({ method: "GET", path: "/api/status" });
 * } catch (error) {
 *   if (!isInfisicalError(error)) throw error;
 *   if (error.name === "InfisicalSDKRequestError") console.error(error.code, error.statusCode);
 * }
 */
export function isInfisicalError(error: unknown): error is AnyInfisicalError {
  return typeof error === "object" && error !== null && errorMark in error;
}

/**
 * Makes the same request error in other words: an auth strategy adds what a person should check.
 *
 * @param error - The error; it is not changed.
 * @param reword - Makes the new text from the old one, which comes without its `[URL=...]` and the like.
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
  const { method, url, statusCode, requestId, details, retryAfter, text, cause } = error;
  const fields = { method, url, statusCode, requestId, details, retryAfter, cause };
  return new InfisicalSDKRequestError(reword(text), { code, ...fields });
}

/**
 * Copies an error of this SDK, for one more caller of shared work: what one of them changes, no other one sees.
 *
 * @param error - Anything that was caught.
 * @returns An error of the same class with the same fields and stack; anything that is no error of this SDK as it is.
 *
 * @example
 * import { cloneError } from "@infisical/core/authoring";
 * const shared: Promise<string> = Promise.resolve("token");
 * const mine = () => shared.catch((error: unknown) => Promise.reject(cloneError(error)));
 */
export function cloneError(error: unknown): unknown {
  if (!isInfisicalError(error)) return error;
  // Made by Error itself, since only then tools see an error; the class may be another copy's, so it is not called.
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
