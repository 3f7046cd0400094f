import { type InfisicalErrorCode, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { affordableTtl } from "./affordable-ttl.ts";
import type { LeaseKept } from "./keep-alive.ts";
import type { Lease } from "./lease.ts";
import { type LeaseTerm, nextTerm } from "./lease-term.ts";
import { runUntil, sleepUntil } from "./timing.ts";

/** How a renewal ended: with the lease's next term, or with why there is none. */
export interface RenewalOutcome {
  readonly next?: LeaseTerm;
  /** Absent where the server gives the lease no more time. */
  readonly failure?: unknown;
}

/** Codes that say that another attempt would be refused as well. */
const final: readonly InfisicalErrorCode[] = ["BAD_REQUEST", "FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED"];

/** Renews a lease, trying again until its `stopAt` where that may help. Rejects only if the signal aborts. */
export async function renewInTime(
  { calls, clock, options, taken }: LeaseKept,
  term: LeaseTerm,
  signal: AbortSignal,
): Promise<RenewalOutcome> {
  const { projectSlug, environmentSlug, path, timeout } = options;
  const place = { projectSlug, environmentSlug, path, timeout };
  const late = new InfisicalSDKError("The server did not answer in time.", { code: "TIMEOUT" });
  const step = (term.stopAt - term.renewAt) / 6;
  const soon = (steps: number): number => Math.min(clock.now() + steps * step, term.stopAt);
  const ask = async (
    steps: number,
    call: (signal: AbortSignal) => Promise<{ readonly lease: Lease }>,
  ): Promise<LeaseTerm | undefined> => {
    const reply = await runUntil(clock, soon(steps), signal, call);
    if (!reply) throw late;
    return nextTerm(term, reply.lease, clock.now());
  };

  const { id } = term.lease;
  let outcome: RenewalOutcome = { failure: late };
  while (clock.now() < term.stopAt) {
    const ttl = affordableTtl(options.ttl, taken.dynamicSecret, term.lease);
    if (ttl === undefined) return {};
    try {
      const next = await ask(2, (inTime) => calls.renew(id, { ...place, ttl, signal: inTime }));
      if (next) return { next };
      outcome = {};
    } catch (failure) {
      outcome = { failure };
      if (isInfisicalError(failure) && final.includes(failure.code)) return outcome;
    }
    // It may have been done all the same, and a second renewal would add the time twice.
    const next = await ask(1, (inTime) => calls.get(id, { ...place, signal: inTime })).catch(() => undefined);
    if (next) return { next };
    await sleepUntil(clock, soon(1), signal);
  }
  return outcome;
}
