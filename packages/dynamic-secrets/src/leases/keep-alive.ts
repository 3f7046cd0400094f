import {
  type EventSink,
  type HttpClient,
  type InfisicalErrorCode,
  InfisicalSDKError,
  isInfisicalError,
} from "@infisical/core";
import { leaseRequests } from "../requests.ts";
import { errorWithoutCredentials, isGone } from "./calls.ts";
import { firstTerm, type LeaseTerm, nextTerm, renewalTtl } from "./term.ts";
import type { ElapsedTime } from "./time.ts";
import type { CreateLeaseResponse, Lease, RenewDynamicSecretLeaseOptions, UseLeaseOptions } from "./types.ts";

/** A lease in use, with what its renewal needs. */
export interface ActiveLease {
  readonly http: HttpClient;
  readonly events: EventSink;
  /** The time since the lease was requested. */
  readonly time: ElapsedTime;
  readonly options: UseLeaseOptions;
  readonly created: CreateLeaseResponse;
}

/** How a renewal ended. */
type Renewal =
  | { readonly outcome: "renewed"; readonly term: LeaseTerm }
  /** The server adds no more time. */
  | { readonly outcome: "exhausted" }
  | { readonly outcome: "failed"; readonly failure: unknown };

/**
 * Renews a lease in time, again and again.
 *
 * Rejects with the reason shortly before the lease expires if it can no longer be renewed, and when the signal aborts
 * because the lease is no longer in use.
 */
export async function keepAlive(active: ActiveLease, signal: AbortSignal): Promise<never> {
  const { time, created, events } = active;
  const leaseId = created.lease.id;
  let term = firstTerm(created.lease, time);
  for (;;) {
    await time.sleepUntil(term.renewAt, signal);
    const renewal = await renewInTime(active, term, signal);
    switch (renewal.outcome) {
      case "renewed":
        term = renewal.term;
        events.emit?.("lease-renewed", { leaseId, expiresAt: Date.parse(term.lease.expireAt) });
        break;
      case "exhausted":
        await time.sleepUntil(term.stopAt, signal);
        events.emit?.("lease-ending", { leaseId });
        throw exhausted(created);
      case "failed":
        // A lease that still exists is valid for a little longer.
        if (!isGone(renewal.failure)) await time.sleepUntil(term.stopAt, signal);
        events.emit?.("lease-ending", { leaseId, code: codeOf(renewal.failure) });
        throw failed(created, renewal.failure);
    }
  }
}

/** The time for a renewal is divided into steps: how many there are, and how many an attempt or a pause takes. */
const steps = { all: 6, renew: 2, get: 1, pause: 1 };

/** The shortest step, and the shortest time for a renewal, in milliseconds. */
const shortestStep = 1_000;
const shortestWindow = 2_500;

/** The codes after which another attempt would be refused as well. */
const finalCodes: readonly InfisicalErrorCode[] = [
  "BAD_REQUEST",
  "FORBIDDEN",
  "NOT_FOUND",
  "VALIDATION_FAILED",
];

/** Tries to renew a lease until its `stopAt`. Rejects only if the signal aborts. */
async function renewInTime(active: ActiveLease, term: LeaseTerm, signal: AbortSignal): Promise<Renewal> {
  const { http, time, options, created } = active;
  const renewal = renewalTtl(options.ttl, created.dynamicSecret, term.lease);
  if (!renewal) return { outcome: "exhausted" };
  const { projectSlug, environmentSlug, path, timeout } = options;
  const call = { projectSlug, environmentSlug, path, timeout };
  const askedAt = time.now();
  const giveUpAt = endOfWindow(term, askedAt);
  const step = Math.max((giveUpAt - askedAt) / steps.all, shortestStep);
  const after = (count: number): number => Math.min(time.now() + count * step, giveUpAt);

  /** Renews the lease or looks at it, once; `undefined` if no response arrives in time. */
  const attempt = async (
    method: "renew" | "get",
    requested: RenewDynamicSecretLeaseOptions,
  ): Promise<Renewal | undefined> => {
    try {
      const request = leaseRequests[method](term.lease.id, requested);
      const response = await time.runUntil(after(steps[method]), signal, (inTime) =>
        http.request<{ readonly lease: Lease }>({ ...request, signal: inTime }),
      );
      if (!response) return undefined;
      const next = nextTerm(term, response.lease, { askedAt, now: time.now() });
      return next ? { outcome: "renewed", term: next } : { outcome: "exhausted" };
    } catch (failure) {
      return { outcome: "failed", failure };
    }
  };

  let last: Renewal = { outcome: "failed", failure: noResponse() };
  do {
    const renewed = await attempt("renew", { ...call, ...renewal });
    if (renewed && isFinal(renewed)) return renewed;
    // An attempt without a response says less than an earlier one that was refused.
    last = renewed ?? last;
    // The renewal may already have taken effect, and a second one would add the time twice.
    const found = await attempt("get", call);
    if (found?.outcome === "renewed") return found;
    await time.sleepUntil(after(steps.pause), signal);
  } while (time.now() < giveUpAt);
  return last;
}

/** A clock that jumped past the end may be wrong, so the server is asked anyway, but not for long. */
function endOfWindow({ endsAt, stopAt }: LeaseTerm, now: number): number {
  return Math.max(stopAt, now + Math.max((endsAt - stopAt) / 2, shortestWindow));
}

/** Whether another attempt is not needed, or would be refused as well. */
function isFinal(renewal: Renewal): boolean {
  if (renewal.outcome !== "failed") return renewal.outcome === "renewed";
  return isInfisicalError(renewal.failure) && finalCodes.includes(renewal.failure.code);
}

function codeOf(failure: unknown): InfisicalErrorCode | undefined {
  return isInfisicalError(failure) ? failure.code : undefined;
}

function noResponse(): InfisicalSDKError {
  return new InfisicalSDKError("The server did not respond in time.", { code: "TIMEOUT" });
}

function exhausted(created: CreateLeaseResponse): InfisicalSDKError {
  const { maxTTL } = created.dynamicSecret;
  return notRenewed(
    created,
    maxTTL ? `its maxTTL of ${maxTTL} is used up.` : "the server adds no more time.",
  );
}

function failed(created: CreateLeaseResponse, failure: unknown): InfisicalSDKError {
  const cause = errorWithoutCredentials(failure, created.data);
  return notRenewed(created, cause.message, cause);
}

function notRenewed(
  { lease, dynamicSecret }: CreateLeaseResponse,
  reason: string,
  cause?: Error,
): InfisicalSDKError {
  return new InfisicalSDKError(
    `Lease ${lease.id} of "${dynamicSecret.name}" is about to expire and could not be renewed: ${reason}`,
    { code: "LEASE_NOT_RENEWED", cause },
  );
}
