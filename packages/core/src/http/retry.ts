import type { ApiResponse } from "../contracts/middleware.ts";
import type { ResponseHeaders } from "../contracts/transport.ts";
import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import { optionError } from "../errors/option-error.ts";
import type { Clock } from "../support/clock.ts";
import { type Duration, toMilliseconds } from "../support/duration.ts";
import type { CoolDown } from "./cool-down.ts";
import type { PreparedRequest } from "./prepare.ts";

/** When, how often and after which waits a failed request is sent again. */
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
export function parseRetryOptions(retry: RetryOptions | false | undefined): RetryLimits | undefined {
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

interface RetryContext {
  readonly limits: RetryLimits;
  readonly clock: Clock;
  readonly coolDown: CoolDown;
}

/** Sends a request until it succeeds, fails for good, or has used up its attempts. */
export async function withRetries(
  { readOnly, signal }: PreparedRequest,
  { limits, clock, coolDown }: RetryContext,
  sendOnce: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  for (let attempts = 1; ; attempts += 1) {
    if (coolDown.isRunning) await coolDown.end(signal);
    try {
      return await sendOnce();
    } catch (error) {
      if (!(error instanceof InfisicalSDKRequestError)) throw error;
      const delay = retryDelay(error, attempts, limits);
      if (error.code === "RATE_LIMITED") coolDown.start(delay);
      if (attempts > limits.limit || !mayRetry(readOnly, error)) throw error;
      if (error.code !== "RATE_LIMITED") await clock.sleep(delay, signal);
    }
  }
}

/** Nothing was carried out, so any request may be sent again. */
const notCarriedOut: readonly InfisicalErrorCode[] = ["UNREACHABLE", "RATE_LIMITED"];

/** It is not known what was carried out, so only reads may be sent again. */
const unknownOutcome: readonly InfisicalErrorCode[] = ["CONNECTION_LOST", "TIMEOUT"];

const passingStatuses: readonly (number | undefined)[] = [502, 503, 504];

/** Whether a request that failed like this may be sent again. */
function mayRetry(readOnly: boolean, { code, statusCode }: InfisicalSDKRequestError): boolean {
  if (notCarriedOut.includes(code)) return true;
  return readOnly && (unknownOutcome.includes(code) || passingStatuses.includes(statusCode));
}

/** How long to wait before the next attempt, in milliseconds; `attempts` counts those already made. */
function retryDelay(error: InfisicalSDKRequestError, attempts: number, limits: RetryLimits): number {
  const { baseDelay, maxDelay } = limits;
  if (error.retryAfter !== undefined) return Math.min(error.retryAfter * 1000, maxDelay);
  return Math.random() * Math.min(baseDelay * 2 ** (attempts - 1), maxDelay);
}

/** How long a response asks to wait, in milliseconds; `undefined` if it does not say. */
export function retryAfter(headers: ResponseHeaders, message: string, now: number): number | undefined {
  return fromHeader(headers, now) ?? fromMessage(message);
}

function fromHeader(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers["retry-after"]?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  // Both dates from the server's clock, where it sent its own: ours may be off.
  const sent = Date.parse(headers["date"] ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? now : sent));
}

function fromMessage(message: string): number | undefined {
  const seconds = /\bin (\d+(?:\.\d+)?) seconds?\b/i.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
