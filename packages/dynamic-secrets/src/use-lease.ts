import type { PluginContext } from "@infisical/core";
import { abortable, abortReason, onAbort, own, parseCallOptions } from "@infisical/core/authoring";
import { keepAlive } from "./keep-alive.ts";
import type { CreateLeaseResponse } from "./lease.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import { callback, leaseTaking } from "./option-rules.ts";
import { PassingTime } from "./passing-time.ts";
import type { ProviderType } from "./provider.ts";
import { releaseLease } from "./release-lease.ts";
import { type LeaseTools, requestLease } from "./take-lease.ts";

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

/** Takes a lease, runs a function with its credentials, and revokes the lease however the function ends. */
export async function useLease<Type extends ProviderType, Result>(
  tools: LeaseTools & Pick<PluginContext, "clock">,
  given: UseLeaseOptions<Type>,
  work: (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>,
): Promise<Result> {
  const options = parseCallOptions(given, { ...leaseTaking, "onGiveBackFailed?": callback });
  callback("work", work);
  if (options.signal?.aborted) throw abortReason(options.signal);
  const { onGiveBackFailed: _, ...asked } = options;
  const time = new PassingTime(tools.clock);
  const stop = new AbortController();
  const unfollow = onAbort(options.signal, () => stop.abort(abortReason(options.signal as AbortSignal)));
  const created = requestLease(tools, own(asked));
  const used = created.then(async (taken) => {
    const letGo = tools.holdSecrets(taken.data);
    const inUse = new AbortController();
    const over = new AbortController();
    keepAlive({ http: tools.http, time, options, taken }, over.signal).catch((reason: unknown) => {
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
      await releaseLease(tools.release, taken, options);
      letGo();
    }
  });
  const forget = tools.onClose((reason) => {
    stop.abort(reason);
    return used.then(ignore, ignore);
  });
  const ended = used.finally(() => {
    forget();
    unfollow();
  });
  ended.catch(ignore);
  // Whoever aborts while the lease is made is not kept waiting for it.
  await abortable(created, stop.signal);
  return ended;
}

function ignore(): void {}
