import { type Clock, InfisicalSDKError } from "@infisical/core";
import { isGone } from "./is-gone.ts";
import type { CreateLeaseResponse } from "./lease.ts";
import type { LeaseCalls } from "./lease-calls.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import { firstTerm } from "./lease-term.ts";
import { renewInTime } from "./renew-in-time.ts";
import { sleepUntil } from "./timing.ts";

/** A lease that is in use, and what it takes to keep it alive. */
export interface LeaseKept {
  readonly calls: LeaseCalls;
  readonly clock: Clock;
  readonly options: UseLeaseOptions;
  readonly taken: CreateLeaseResponse;
  /** When the lease was asked for, in milliseconds since 1970. */
  readonly askedAt: number;
}

/**
 * Renews a lease in time, again and again.
 *
 * Rejects with the reason when the lease can be kept no longer, a little before it ends; and when the signal
 * aborts, because the lease is no longer in use.
 */
export async function keepAlive(kept: LeaseKept, signal: AbortSignal): Promise<never> {
  const { clock, taken, askedAt } = kept;
  let term = firstTerm(taken.lease, askedAt, clock.now());
  for (;;) {
    await sleepUntil(clock, term.renewAt, signal);
    const { next, failure } = await renewInTime(kept, term, signal);
    if (!next) {
      // What is gone needs no waiting; any other lease is good for a little longer.
      if (!isGone(failure)) await sleepUntil(clock, term.stopAt, signal);
      throw notRenewed(taken, failure);
    }
    term = next;
  }
}

function notRenewed({ lease, dynamicSecret }: CreateLeaseResponse, failure: unknown): InfisicalSDKError {
  const reason =
    failure instanceof Error
      ? failure.message
      : `no more time is left of its maxTTL, ${dynamicSecret.maxTTL}.`;
  return new InfisicalSDKError(
    `The lease ${lease.id} of "${dynamicSecret.name}" ends and could not be renewed: ${reason}`,
    { code: "LEASE_NOT_RENEWED", cause: failure },
  );
}
