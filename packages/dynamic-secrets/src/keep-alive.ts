import {
  type HttpClient,
  type InfisicalErrorCode,
  InfisicalSDKError,
  isInfisicalError,
} from "@infisical/core";
import type { CreateLeaseResponse, Lease } from "./lease.ts";
import { errorWithoutCredentials, isGone } from "./lease-errors.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import { firstTerm, type LeaseTerm, nextTerm, renewalTtl } from "./lease-term.ts";
import type { PassingTime } from "./passing-time.ts";
import { leaseRequests } from "./wire.ts";

/** A lease that is in use, and what it takes to keep it alive. */
export interface LeaseKept {
  readonly http: HttpClient;
  /** Time since the lease was asked for. */
  readonly time: PassingTime;
  readonly options: UseLeaseOptions;
  readonly taken: CreateLeaseResponse;
}

/**
 * Renews a lease in time, again and again.
 *
 * Rejects with the reason when the lease can be kept no longer, a little before it ends; and when the signal
 * aborts, because the lease is no longer in use.
 */
export async function keepAlive(kept: LeaseKept, signal: AbortSignal): Promise<never> {
  const { time, taken } = kept;
  let term = firstTerm(taken.lease, time);
  for (;;) {
    await time.sleepUntil(term.renewAt, signal);
    const { next, failure } = await renewInTime(kept, term, signal);
    if (!next) {
      // What is gone needs no waiting; any other lease is good for a little longer.
      if (!isGone(failure)) await time.sleepUntil(term.stopAt, signal);
      throw notRenewed(taken, failure);
    }
    term = next;
  }
}

/** How a renewal ended: with the lease's next term, or with why there is none. */
interface RenewalOutcome {
  readonly next?: LeaseTerm;
  /** Absent where the server gives the lease no more time. */
  readonly failure?: unknown;
}

/** Codes that say that another attempt would be refused as well. */
const final: readonly InfisicalErrorCode[] = ["BAD_REQUEST", "FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED"];

/** Renews a lease, trying again until its `stopAt` where that may help. Rejects only if the signal aborts. */
async function renewInTime(
  { http, time, options, taken }: LeaseKept,
  term: LeaseTerm,
  signal: AbortSignal,
): Promise<RenewalOutcome> {
  const { projectSlug, environmentSlug, path, timeout } = options;
  const place = { projectSlug, environmentSlug, path, timeout };
  const late = new InfisicalSDKError("The server did not answer in time.", { code: "TIMEOUT" });
  const askedAt = time.now();
  // A clock that jumped past the end may be wrong: the server is asked all the same, but not for long.
  const giveUpAt = Math.max(term.stopAt, askedAt + Math.max((term.endsAt - term.stopAt) / 2, 2500));
  const step = Math.max((giveUpAt - askedAt) / 6, 1000);
  const soon = (steps: number): number => Math.min(time.now() + steps * step, giveUpAt);
  const ask = async (
    steps: number,
    request: (inTime: AbortSignal) => ReturnType<typeof leaseRequests.get>,
  ): Promise<LeaseTerm | undefined> => {
    const response = await time.runUntil(soon(steps), signal, (inTime) =>
      http.request<{ readonly lease: Lease }>(request(inTime)),
    );
    if (!response) throw late;
    return nextTerm(term, response.lease, { askedAt, now: time.now() });
  };

  const { id } = term.lease;
  let outcome: RenewalOutcome = { failure: late };
  do {
    const renewal = renewalTtl(options.ttl, taken.dynamicSecret, term.lease);
    if (!renewal) return {};
    try {
      const next = await ask(2, (inTime) =>
        leaseRequests.renew(id, { ...place, ...renewal, signal: inTime }),
      );
      if (next) return { next };
      outcome = {};
    } catch (failure) {
      // An attempt that was cut off says less than one that failed before.
      if (failure !== late) outcome = { failure };
      if (isInfisicalError(failure) && final.includes(failure.code)) return outcome;
    }
    // It may have been done all the same, and a second renewal would add the time twice.
    const next = await ask(1, (inTime) => leaseRequests.get(id, { ...place, signal: inTime })).catch(
      () => undefined,
    );
    if (next) return { next };
    await time.sleepUntil(soon(1), signal);
  } while (time.now() < giveUpAt);
  return outcome;
}

function notRenewed(
  { lease, dynamicSecret, data }: CreateLeaseResponse,
  failure: unknown,
): InfisicalSDKError {
  const cause = failure === undefined ? undefined : errorWithoutCredentials(failure, data);
  const reason = cause?.message ?? `no more time is left of its maxTTL, ${dynamicSecret.maxTTL}.`;
  return new InfisicalSDKError(
    `The lease ${lease.id} of "${dynamicSecret.name}" ends and could not be renewed: ${reason}`,
    { code: "LEASE_NOT_RENEWED", cause },
  );
}
