import type { InfisicalErrorCode } from "./error-code.ts";
import { InfisicalSDKRequestError } from "./infisical-sdk-request-error.ts";

/**
 * Makes the same request error in other words: an auth strategy adds what a person should check.
 *
 * @param error - The error; it is not changed.
 * @param reword - Makes the new text from the old one, which comes without its `[URL=...]` and the like.
 * @param code - Another code. Defaults to the error's own.
 * @returns A new error with the other fields of the old one.
 *
 * @example
 * import { type InfisicalSDKRequestError, rewordRequestError } from "@infisical/core";
 * const withAdvice = (error: InfisicalSDKRequestError) =>
 *   rewordRequestError(error, (text) => `${text} Is the token of this pod still mounted?`);
 */
export function rewordRequestError(
  error: InfisicalSDKRequestError,
  reword: (text: string) => string,
  code: InfisicalErrorCode = error.code,
): InfisicalSDKRequestError {
  const { method, url, statusCode, requestId, details, retryAfter, message } = error;
  const text = message.replace(/^\[URL=.*?\] \[Method=\w+\](?: \[StatusCode=\d+\])? /, "");
  return new InfisicalSDKRequestError(reword(text), {
    code,
    method,
    url,
    statusCode,
    requestId,
    details,
    retryAfter,
  });
}
