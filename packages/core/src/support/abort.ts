import { abortReason, onAbort } from "./signal.ts";

/**
 * Waits for work that others may share, and stops waiting when a signal aborts; the work itself goes on.
 *
 * @param work - What to wait for.
 * @param signal - Ends the wait; `undefined` for a wait without an end of its own.
 * @returns What the work resolves to.
 * @throws The signal's own reason.
 *
 * @example
 * import { abortable } from "@infisical/core/authoring";
 * const shared = Promise.resolve("token");
 * const mine = (signal: AbortSignal) => abortable(shared, signal);
 */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(abortReason(signal)));
    work.finally(forget).then(resolve, reject);
  });
}
