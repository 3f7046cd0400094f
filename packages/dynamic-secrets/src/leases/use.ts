import { type InfisicalErrorCode, isInfisicalError, type PluginContext } from "@infisical/core";
import {
  abortable,
  abortReason,
  onAbort,
  own,
  parseCallOptions,
  requireFunction,
  withCallersStack,
} from "@infisical/core/authoring";
import { leaseUse } from "../option-rules.ts";
import type { ProviderType } from "../providers/registry.ts";
import { requestLease, revokeLease } from "./calls.ts";
import { keepAlive } from "./keep-alive.ts";
import { ElapsedTime } from "./time.ts";
import type { CreateLeaseResponse, UseLeaseOptions } from "./types.ts";

/**
 * What the function that uses a lease receives; `lease` is as it was created, and renewals postpone its expiration.
 *
 * @typeParam Type - The provider's name, if the call named it.
 */
export interface LeaseInUse<Type extends ProviderType = string> extends CreateLeaseResponse<Type> {
  /**
   * Aborts when the credentials must no longer be used: with code `LEASE_NOT_RENEWED` when the lease is about to expire,
   * or with the caller's own reason. Pass it to everything that uses the credentials.
   */
  readonly signal: AbortSignal;
}

/** A lease that was created for a function, and what can end its use. */
interface CreatedLease<Type extends ProviderType> {
  readonly created: CreateLeaseResponse<Type>;
  readonly options: UseLeaseOptions<Type>;
  readonly time: ElapsedTime;
  /** Aborts with the caller's signal, and when the client closes. */
  readonly stop: AbortSignal;
}

type Work<Type extends ProviderType, Result> = (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>;

/** Creates a lease, runs a function with its credentials, and revokes the lease however the function ends. */
export async function useLease<Type extends ProviderType, Result>(
  context: PluginContext,
  given: UseLeaseOptions<Type>,
  work: Work<Type, Result>,
): Promise<Result> {
  const options = parseCallOptions(given, leaseUse);
  requireFunction("work", work);
  const { onRevokeFailed: _, signal, ...request } = options;
  if (signal?.aborted) throw abortReason(signal);
  const time = new ElapsedTime(context.clock);
  const stop = new AbortController();
  const stopFollowing = onAbort(signal, () => stop.abort(signal && abortReason(signal)));
  const created = requestLease(context, own(request));
  const used = created.then((lease) =>
    runWithLease(context, { created: lease, options, time, stop: stop.signal }, work),
  );
  const forget = context.onClose((reason) => {
    stop.abort(reason);
    return used.then(ignore, ignore);
  });
  const ended = used.finally(() => {
    forget();
    stopFollowing();
  });
  ended.catch(ignore);
  // A caller who aborts while the lease is being created does not wait for it.
  await withCallersStack(() => abortable(created, stop.signal), signal);
  try {
    return await ended;
  } catch (error) {
    // What a call in the function threw keeps the stack of that call.
    if (!isInfisicalError(error) || !ownEnds.includes(error.code)) throw error;
    return await withCallersStack(() => Promise.reject(error), signal);
  }
}

/** The codes of the errors that end a use although none of the function's calls has failed. */
const ownEnds: readonly InfisicalErrorCode[] = ["LEASE_NOT_RENEWED", "CLIENT_CLOSED"];

/** Runs the function while the lease is kept alive, then revokes the lease. */
async function runWithLease<Type extends ProviderType, Result>(
  context: PluginContext,
  { created, options, time, stop }: CreatedLease<Type>,
  work: Work<Type, Result>,
): Promise<Result> {
  const releaseSecrets = context.holdSecrets(created.data);
  const inUse = new AbortController();
  const finished = new AbortController();
  keepAlive({ http: context.http, events: context.events, time, options, created }, finished.signal).catch(
    (reason: unknown) => {
      if (!finished.signal.aborted) inUse.abort(reason);
    },
  );
  try {
    stop.throwIfAborted();
    const result = (async () => work({ ...created, signal: inUse.signal }))();
    return await abortable(result, stop);
  } catch (error) {
    if (stop.aborted) inUse.abort(stop.reason);
    throw error;
  } finally {
    finished.abort();
    await revokeLease(context, created, options);
    releaseSecrets();
  }
}

function ignore(): void {}
