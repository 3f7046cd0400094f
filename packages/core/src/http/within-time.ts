interface TimeLimits {
  /** In milliseconds. */
  readonly timeout: number;
  /** The caller's signal; its reason is passed through untouched. */
  readonly signal: AbortSignal | undefined;
  /** Makes the error for a time that ran out. */
  readonly onTimeout: () => Error;
}

/**
 * Runs an operation that ends when its time runs out or the caller's signal aborts, even if it ignores the
 * signal that it is given.
 */
export function withinTime<Result>(
  { timeout, signal, onTimeout }: TimeLimits,
  operation: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      settle();
      reject(reason);
      controller.abort();
    };
    const abort = (): void => end(signal?.reason);
    const timer = setTimeout(() => end(onTimeout()), timeout);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort, { once: true });
    operation(controller.signal).then(resolve, reject).finally(settle);
  });
}
