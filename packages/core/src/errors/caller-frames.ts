import { isReasonOf } from "../support/wait.ts";
import { isInfisicalError } from "./errors.ts";

/**
 * Waits for work, and gives an error of this SDK the stack of whoever waits: a request fails long after it was sent,
 * when the functions that asked for it are no longer on the stack.
 *
 * @param work - Starts the work.
 * @param signal - The caller's signal, whose reason keeps its stack.
 * @returns What the work resolves to.
 *
 * @example
 * import type { HttpClient } from "@infisical/core";
 * import { withCallersStack } from "@infisical/core/authoring";
 * const getStatus = (http: HttpClient) =>
 *   withCallersStack(() => new Promise((resolve, reject) => {
 *     http.request({ method: "GET", path: "/api/status" }).then(resolve, reject);
 *   }));
 */
export async function withCallersStack<Result>(
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    showCaller(error, signal);
    throw error;
  }
}

/**
 * Replaces the stack of an error by that of the async functions that wait here, on platforms that keep track of them.
 *
 * That of an invalid option is kept: it was created while the caller was still on the stack. So is that of the reason
 * with which the caller aborted, which may be the error of another call.
 */
export function showCaller(error: unknown, signal?: AbortSignal): void {
  if (!isInfisicalError(error) || error.code === "INVALID_OPTION" || isReasonOf(signal, error)) return;
  if (!Object.isExtensible(error)) return;
  const { captureStackTrace } = Error as { captureStackTrace?: (target: object, above: unknown) => void };
  // It is formatted when somebody reads it.
  captureStackTrace?.(error, showCaller);
}
