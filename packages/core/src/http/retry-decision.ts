import type { InfisicalErrorCode } from "../errors/error-code.ts";
import type { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";
import type { RetryLimits } from "./retry-options.ts";

/** Nothing was carried out, so that any request may be sent again. */
const notCarriedOut: readonly InfisicalErrorCode[] = ["UNREACHABLE", "RATE_LIMITED"];

/** It is not known what was carried out, so that only reads may be sent again. */
const unknownOutcome: readonly InfisicalErrorCode[] = ["CONNECTION_LOST", "TIMEOUT"];

const passingStatuses: readonly (number | undefined)[] = [502, 503, 504];

/** Whether a request that failed like this may be sent again. */
export function mayRetry(readOnly: boolean, { code, statusCode }: InfisicalSDKRequestError): boolean {
  if (notCarriedOut.includes(code)) return true;
  return readOnly && (unknownOutcome.includes(code) || passingStatuses.includes(statusCode));
}

/** How long to wait before the next attempt, in milliseconds; `attempts` counts those already made. */
export function retryDelay(error: InfisicalSDKRequestError, attempts: number, limits: RetryLimits): number {
  const { baseDelay, maxDelay } = limits;
  if (error.retryAfter !== undefined) return Math.min(error.retryAfter * 1000, maxDelay);
  return Math.random() * Math.min(baseDelay * 2 ** (attempts - 1), maxDelay);
}
