import { InfisicalSDKError } from "../errors/errors.ts";
import { abortReason, onAbort } from "../support/signal.ts";

/**
 * Waits for work no longer than a time limit, or until a signal aborts, even if the work itself goes on.
 *
 * @param limit - In milliseconds of real time.
 * @param what - What has to end in time, for the error.
 * @param ended - Ends the wait, and the work.
 * @param work - Is given a signal that aborts when the wait ends.
 * @throws {InfisicalSDKError} `TIMEOUT`
 */
export function withinTime<Result>(
  limit: number,
  what: string,
  ended: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clearTimeout(timer);
      reject(reason);
      controller.abort(reason);
    };
    const timer = setTimeout(() => {
      end(new InfisicalSDKError(`${what} did not end within ${limit} ms.`, { code: "TIMEOUT" }));
    }, limit);
    const forget = onAbort(ended, () => end(abortReason(ended as AbortSignal)));
    work(controller.signal)
      .finally(() => {
        clearTimeout(timer);
        forget();
      })
      .then(resolve, reject);
  });
}
