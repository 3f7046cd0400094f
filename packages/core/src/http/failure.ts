import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import type { PreparedRequest } from "./prepare.ts";

/**
 * Which requests may be sent again after a failure: all, where nothing was carried out for certain; idempotent ones,
 * where that is not known; none, where the next attempt would fail as well.
 */
export type Repeatable = "all" | "idempotent" | "none";

/** Statuses that another attempt may not meet again: too early, too late, or the server behind a gateway is away. */
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

  constructor(error: InfisicalSDKRequestError, repeatable: Repeatable, isRateLimit = false) {
    this.error = error;
    this.repeatable = repeatable;
    this.isRateLimit = isRateLimit;
  }
}

/** What a failure is made of; its text must hold nothing that the request carried. */
interface FailureParts {
  readonly code: InfisicalErrorCode;
  readonly text: string;
  readonly repeatable: Repeatable;
  readonly statusCode?: number | undefined;
  readonly details?: unknown;
  /** In milliseconds. */
  readonly wait?: number | undefined;
}

/** Makes a failure of a request. */
export function failure(
  { method, url }: PreparedRequest,
  { code, text, repeatable, statusCode, details, wait }: FailureParts,
): Failure {
  const retryAfter = wait === undefined ? undefined : wait / 1000;
  const error = new InfisicalSDKRequestError(text, { code, method, url, statusCode, details, retryAfter });
  return new Failure(error, repeatable);
}
