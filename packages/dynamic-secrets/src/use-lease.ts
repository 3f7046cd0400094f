import type { PluginContext } from "@infisical/core";
import { abortable, assertSignal, optionError } from "@infisical/core/authoring";
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

/** What it takes to use a lease. */
export interface LeaseTools extends Pick<PluginContext, "clock" | "onClose"> {
  readonly calls: LeaseCalls;
}

/** Takes a lease, runs a function with its credentials, and revokes the lease however the function ends. */
export async function useLease<Type extends ProviderType, Result>(
  { calls, clock, onClose }: LeaseTools,
  options: UseLeaseOptions<Type>,
  work: (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>,
): Promise<Result> {
  requireFunction("work", work);
  if (options.onGiveBackFailed !== undefined) requireFunction("onGiveBackFailed", options.onGiveBackFailed);
  assertSignal(options.signal);
  if (options.signal?.aborted) throw options.signal.reason;
  const askedAt = clock.now();
  const stop = stopper(options.signal);
  // Without the caller's signal: a lease that the server has made must arrive, to be revoked.
  const created = calls.create({ ...options, signal: undefined });
  const used = created.then(async (taken) => {
    const inUse = new AbortController();
    const over = new AbortController();
    keepAlive({ calls, clock, options, taken, askedAt }, over.signal).catch((reason: unknown) => {
      if (!over.signal.aborted) inUse.abort(reason);
    });
    try {
      stop.signal.throwIfAborted();
      const result = (async () => work({ ...taken, signal: inUse.signal }))();
      return await abortable(result, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) inUse.abort(stop.signal.reason);
      throw error;
    } finally {
      over.abort();
      await giveBack(calls, taken.lease, options);
    }
  });
  const forget = onClose((reason) => {
    stop.abort(reason);
    return used.then(ignore, ignore);
  });
  const ended = used.finally(() => {
    forget();
    stop.forget();
  });
  ended.catch(ignore);
  // Whoever aborts while the lease is made is not kept waiting for it.
  await abortable(created, stop.signal);
  return ended;
}

/** Aborts with the caller's signal, or by itself. */
function stopper(signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal?.reason);
  signal?.addEventListener("abort", follow, { once: true });
  if (signal?.aborted) follow();
  return {
    signal: controller.signal,
    abort: (reason: unknown): void => controller.abort(reason),
    forget: (): void => signal?.removeEventListener("abort", follow),
  };
}

function ignore(): void {}

function requireFunction(option: string, value: unknown): void {
  if (typeof value !== "function") throw optionError(option, "must be a function", value);
}
