import { isTransportError, type ResponseHeaders } from "../contracts/transport.ts";
import { type InfisicalErrorCode, InfisicalSDKRequestError } from "../errors/errors.ts";
import type { PreparedRequest } from "./prepare.ts";
import { printable } from "./redact.ts";

/**
 * Which requests may be sent again after a failure: all, if the server certainly did nothing; idempotent ones, if that
 * is not known; none, if the next attempt would fail as well.
 */
export type Repeatable = "all" | "idempotent" | "none";

/** Statuses that may have passed by the next attempt: too early, too late, or no server behind the gateway. */
export const passingStatuses: ReadonlySet<number> = new Set([
  ...[408, 425, 429, 502, 503, 504],
  ...[520, 521, 522, 523, 524, 527, 529, 530],
]);

/** An attempt that failed: the error for the caller, and what it means for the next attempt. */
export class Failure {
  readonly error: InfisicalSDKRequestError;
  readonly repeatable: Repeatable;
  /** Whether the server limits the rate of the whole client. */
  readonly isRateLimit: boolean;
  /** The headers of an answer from the server itself, such as a 404: it let the request in. */
  readonly answered: ResponseHeaders | undefined;

  constructor(
    error: InfisicalSDKRequestError,
    repeatable: Repeatable,
    isRateLimit = false,
    answered?: ResponseHeaders,
  ) {
    this.error = error;
    this.repeatable = repeatable;
    this.isRateLimit = isRateLimit;
    this.answered = answered;
  }
}

/** The fields of a failure; its text must not contain anything that the request carried. */
interface FailureParts {
  readonly code: InfisicalErrorCode;
  readonly text: string;
  readonly repeatable: Repeatable;
  readonly statusCode?: number | undefined;
  readonly details?: unknown;
  /** In milliseconds. */
  readonly wait?: number | undefined;
}

/** Creates a failure of a request. */
export function failure(
  { method, url }: PreparedRequest,
  { code, text, repeatable, statusCode, details, wait }: FailureParts,
): Failure {
  const retryAfter = wait === undefined ? undefined : wait / 1000;
  const error = new InfisicalSDKRequestError(text, { code, method, url, statusCode, details, retryAfter });
  return new Failure(error, repeatable);
}

/** The dates that HTTP allows begin with a day of the week. */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/**
 * How long a response asks to wait, in milliseconds; `undefined` if it does not say, or if it makes no sense.
 *
 * @param headers - The response's headers.
 * @param now - The client's time, for a date where the server does not send its own.
 * @param message - The server's message, whose seconds count if there is no header.
 */
export function retryAfter(headers: ResponseHeaders, now: number, message = ""): number | undefined {
  return fromHeader(headers, now) ?? fromMessage(message);
}

function fromHeader(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Number(value) * 1000;
  const date = httpDate.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  // Both dates from the server's clock, where it sent its own: ours may be off.
  const sent = Date.parse(headers["date"] ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? now : sent));
}

function fromMessage(message: string): number | undefined {
  const seconds = /\bin (\d{1,9}(?:\.\d{1,9})?) seconds?\b/i.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** The failure of an attempt that waited too long for its turn. */
export function noSlotFailure(request: PreparedRequest): Failure {
  const why = "as many requests as maxConcurrent allows were in flight";
  const text = `The request was not sent within ${request.timeout} ms: ${why}.`;
  return failure(request, { code: "UNREACHABLE", text, repeatable: "none" });
}

/** The failure of an attempt whose time is up; `error` is what the transport rejected with, if it did. */
export function overdueFailure(request: PreparedRequest, error?: unknown): Failure {
  const { timeout } = request;
  if (isTransportError(error) && !error.sent) {
    const text = `No connection to the server within ${timeout} ms.`;
    return failure(request, { code: "UNREACHABLE", text, repeatable: "all" });
  }
  const text = `No complete response within ${timeout} ms.`;
  return failure(request, { code: "TIMEOUT", text, repeatable: "idempotent" });
}

/** Failures that another attempt would meet again: certificates, and requests or addresses that cannot be sent. */
const lasting = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH|^ERR_(?:TLS|SSL|OSSL|INVALID)_|^EPROTO$|^INVALID_CA/;

/** The failure of an attempt whose transport rejected with this error. */
export function transportFailure(request: PreparedRequest, error: unknown): Failure {
  const reason = reasonOf(request, error);
  if (isTransportError(error) && !error.sent) {
    const text = `No connection to the server: ${reason}`;
    const isLasting = error.code !== undefined && lasting.test(error.code);
    return failure(request, { code: "UNREACHABLE", text, repeatable: isLasting ? "none" : "all" });
  }
  if (isTransportError(error) && error.code === "RESPONSE_TOO_LARGE") {
    const text = `The response is too large: ${reason}`;
    return failure(request, { code: "INVALID_RESPONSE", text, repeatable: "none" });
  }
  const text = `The connection broke before the response was complete: ${reason}`;
  return failure(request, { code: "CONNECTION_LOST", text, repeatable: "idempotent" });
}

/** The transport's error is not chained: a foreign one may hold the request, and with it the token. */
function reasonOf({ redact }: PreparedRequest, error: unknown): string {
  const message = messageOf(error);
  const shown = typeof message === "string" && message !== "" ? message : "the exchange failed";
  // A proxy's address can hold its password.
  return printable(shown, redact).replaceAll(/\/\/[^/\s]*@/g, "//***@");
}

/** Anything can be thrown, even what cannot be read. */
export function messageOf(error: unknown): unknown {
  try {
    return (Object(error) as { message?: unknown }).message;
  } catch {
    return undefined;
  }
}
