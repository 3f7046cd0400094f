/**
 * What went wrong, as a stable word to branch on. Each has its cause and cure in `docs/errors.md`.
 *
 * @example
 * import { type InfisicalErrorCode } from "@infisical/core";
 * const worthALaterTry: InfisicalErrorCode[] = ["UNREACHABLE", "TIMEOUT", "RATE_LIMITED"];
 */
export type InfisicalErrorCode =
  /** An option is missing or breaks a rule; nothing was sent. */
  | "INVALID_OPTION"
  /** A call needs a token, and the client was given no way to get one. */
  | "NOT_AUTHENTICATED"
  /** The client was closed before the call; nothing was sent. */
  | "CLIENT_CLOSED"
  /** The response was to be read as it arrives, and the client's transport reads only whole ones; nothing was sent. */
  | "NO_STREAM"
  /** The server refused the login. */
  | "AUTH_FAILED"
  /** A token source does not apply here: the program does not run on its platform, or the platform provides no token. */
  | "TOKEN_UNAVAILABLE"
  /** 400, or a 4xx without a code of its own: the server rejected what was asked. */
  | "BAD_REQUEST"
  /** 401: the token was refused, and a new login did not help or was not possible. */
  | "UNAUTHORIZED"
  /** 403: the identity does not have the permission. */
  | "FORBIDDEN"
  /** 404: the secret, folder, environment or project does not exist, or the identity is not allowed to see it. */
  | "NOT_FOUND"
  /** With `strict`: values refer to secrets that do not exist, refer to each other, or cannot be read. */
  | "UNRESOLVED_REFERENCE"
  /** 400 or 409: what was to be created exists already. */
  | "ALREADY_EXISTS"
  /** 409: it has changed in the meantime, or is in use. */
  | "CONFLICT"
  /** 422: the server found a field missing or malformed; `details` has its list. */
  | "VALIDATION_FAILED"
  /** 400: a validation rule of the project forbids the secret; `details` has an entry for each failure. */
  | "SECRET_RULE_VIOLATED"
  /** 429, or an older server's 500 with `retry-after`: too many requests. */
  | "RATE_LIMITED"
  /** 5xx: the server failed. */
  | "SERVER_ERROR"
  /** Something in front of Infisical answered instead: a proxy, a load balancer, a login page, another site. */
  | "GATEWAY_ERROR"
  /** 3xx: the server sent a redirect, which is not followed, so that credentials stay where they belong. */
  | "REDIRECTED"
  /** The write became an approval request, which is in `details`; nothing has changed yet. */
  | "APPROVAL_REQUIRED"
  /** A 2xx whose body is not what the server promises: not JSON, cut short, or without its fields. */
  | "INVALID_RESPONSE"
  /** The request was not sent: there was no connection (refused, unknown host, untrusted certificate, none free). */
  | "UNREACHABLE"
  /** The connection broke before the response was complete: a write may already have taken effect. */
  | "CONNECTION_LOST"
  /** No complete response within `timeout`. */
  | "TIMEOUT"
  /** A lease in use could not be renewed and is about to end. */
  | "LEASE_NOT_RENEWED"
  /** The server could not revoke a lease's credentials, which may still work. */
  | "REVOCATION_FAILED"
  /** A certificate was refused, has failed, or is not there yet. */
  | "CERTIFICATE_NOT_ISSUED"
  /** The loaded variables do not match their schema. */
  | "INVALID_ENV"
  /** A request does not come from Infisical's webhook, or comes too late; do nothing that it asks for. */
  | "WEBHOOK_REFUSED";

/** Shared by all copies of this package in a process, so that they recognize each other's errors. */
const errorMark: unique symbol = Symbol.for("infisical.sdk.error") as never;

/**
 * The fields of an {@link InfisicalSDKError}.
 *
 * @example
 * import { InfisicalSDKError } from "@infisical/core";
 * const error = new InfisicalSDKError("The file is empty.", { code: "INVALID_OPTION", cause: new Error("0 bytes") });
 */
export interface InfisicalSDKErrorOptions {
  /** The word to branch on. */
  readonly code: InfisicalErrorCode;
  /** The error behind this one, if it contains no credential; otherwise `undefined`. */
  readonly cause?: unknown;
}

/**
 * The base of every error that this SDK throws.
 *
 * Neither its fields nor its text contain a credential, a request body or a secret's value.
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
  /** The class's name, which minifiers do not change and which tells the two kinds of errors apart. */
  override readonly name: "InfisicalSDKError" | "InfisicalSDKRequestError" = "InfisicalSDKError";

  /** The word to branch on; `docs/errors.md` lists them with cause and cure. */
  readonly code: InfisicalErrorCode;

  constructor(message: string, { code, cause }: InfisicalSDKErrorOptions) {
    super(oneLine(message), cause === undefined ? undefined : { cause });
    this.code = code;
    Object.defineProperty(this, errorMark, { value: true });
  }
}

/**
 * The fields of an {@link InfisicalSDKRequestError}.
 *
 * @example
 * import { InfisicalSDKRequestError } from "@infisical/core";
 * const error = new InfisicalSDKRequestError("The key was not found.", {
 *   code: "NOT_FOUND",
 *   method: "GET",
 *   url: "https://app.infisical.com/api/v1/kms/keys/a-key",
 *   statusCode: 404,
 *   label: "NotFound",
 *   requestId: "req-1a2b",
 *   details: undefined,
 *   retryAfter: undefined,
 *   attempts: 1,
 *   waited: 0,
 * });
 */
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
  /** How many times the call sent a request; absent where it is not known. */
  readonly attempts?: number | undefined;
  /** How long the call waited between its attempts and for rate limits, in milliseconds; absent where it is not known. */
  readonly waited?: number | undefined;
  /** The server's own name of the error, such as `NotFound`; absent where it sent none. */
  readonly label?: string | undefined;
}

/** Without a value, they are not the error's own, so that nobody has to read past them in a log. */
const optionalFields = ["statusCode", "requestId", "details", "retryAfter", "attempts", "waited"] as const;

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
  static {
    for (const name of optionalFields) {
      Object.defineProperty(InfisicalSDKRequestError.prototype, name, { value: undefined, writable: true });
    }
  }

  /** Tells this kind of error from the other one. */
  override readonly name = "InfisicalSDKRequestError";

  /** The HTTP method, in capitals. */
  readonly method: string;

  /** The address without its query. */
  readonly url: string;

  /** The status of the response; `undefined` where none arrived. */
  declare readonly statusCode: number | undefined;

  /** The server's own id of the request, for its logs; older servers send none. */
  declare readonly requestId: string | undefined;

  /**
   * What the server added: the list of a failed validation, the rules of a refused permission, an approval;
   * `undefined` where it added nothing.
   */
  declare readonly details: unknown;

  /** How long the server asked to wait, in seconds; `undefined` where it did not. */
  declare readonly retryAfter: number | undefined;

  /** How many times the call sent a request; `undefined` where the error was made without a call. */
  declare readonly attempts: number | undefined;

  /** How long the call waited between its attempts and for rate limits, in milliseconds; `undefined` like `attempts`. */
  declare readonly waited: number | undefined;

  /** The message without its address, method and status. Not enumerable. */
  declare readonly text: string;

  /** The server's own name of the error, such as `NotFound`; `undefined` where it sent none. Not enumerable. */
  declare readonly label: string | undefined;

  constructor(text: string, options: InfisicalSDKRequestErrorOptions) {
    super(formatMessage(text, options), options);
    this.method = options.method;
    this.url = options.url;
    for (const name of optionalFields) {
      if (options[name] !== undefined) Object.assign(this, { [name]: options[name] });
    }
    Object.defineProperty(this, "text", { value: oneLine(text) });
    Object.defineProperty(this, "label", { value: options.label });
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
 * Tells whether a caught value is an error of this SDK, whichever copy of the package created it.
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

/** Longer texts are cut: nobody reads them, and logs drop them. */
const longestLine = 4000;

/** The escape sequences of terminals, which move the cursor, set colours or titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it removes.
const escapeSequence = /\u001b(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/**
 * Makes one line of a text that is printed: without what moves a cursor, hides text or reorders it, line breaks
 * included. Names and addresses in it may come from a server, or from untrusted input.
 */
export function oneLine(text: string): string {
  const line = text
    .slice(0, 2 * longestLine)
    .replaceAll(escapeSequence, "")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
