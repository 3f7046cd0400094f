import { type Clock, optionError } from "@infisical/core";
import { giveBack } from "./give-back.ts";
import { keepAlive } from "./keep-alive.ts";
import type { CreateLeaseResponse } from "./lease.ts";
import type { LeaseCalls } from "./lease-calls.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import type { ProviderType } from "./provider.ts";

/**
 * What a function is given that uses a lease, `lease` as it was taken: renewals move its end.
 *
 * @typeParam Type - The provider's name, where the call said it.
 */
export interface LeaseInUse<Type extends ProviderType = string> extends CreateLeaseResponse<Type> {
  /**
   * Aborts when the credentials must no longer be used: with code `LEASE_NOT_RENEWED` when the lease is about
   * to end, or with the caller's own reason. Hand it to all that uses the credentials.
   */
  readonly signal: AbortSignal;
}

/** Takes a lease, runs a function with its credentials, and gives it back however the function ends. */
export async function useLease<Type extends ProviderType, Result>(
  calls: LeaseCalls,
  clock: Clock,
  options: UseLeaseOptions<Type>,
  work: (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>,
): Promise<Result> {
  requireFunction("work", work);
  if (options.onGiveBackFailed !== undefined) requireFunction("onGiveBackFailed", options.onGiveBackFailed);
  const askedAt = clock.now();
  const taken = await calls.create(options);
  const inUse = new AbortController();
  const over = new AbortController();
  keepAlive({ calls, clock, options, taken, askedAt }, over.signal).catch((reason: unknown) => {
    if (!over.signal.aborted) inUse.abort(reason);
  });
  try {
    return await untilAborted(options.signal, inUse, async () => work({ ...taken, signal: inUse.signal }));
  } finally {
    over.abort();
    await giveBack(calls, taken.lease, options);
  }
}

function requireFunction(option: string, value: unknown): void {
  if (typeof value !== "function") throw optionError(option, "must be a function", value);
}

/** Runs the function; if the caller aborts, tells it so and waits for it no longer. */
function untilAborted<Result>(
  signal: AbortSignal | undefined,
  inUse: AbortController,
  run: () => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal?.reason);
      inUse.abort(signal?.reason);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    run()
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener("abort", abort));
  });
}
