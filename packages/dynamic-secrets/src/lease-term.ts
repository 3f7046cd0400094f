import { InfisicalSDKError } from "@infisical/core";
import type { Lease } from "./lease.ts";

/** When a lease ends, by the client's own clock, and what has to be done before. Milliseconds since 1970. */
export interface LeaseTerm {
  /** The lease as the server last sent it. */
  readonly lease: Lease;
  /** The server revokes the credentials. */
  readonly endsAt: number;
  /** It is time to renew. */
  readonly renewAt: number;
  /** Without a renewal by now, whoever uses the credentials has to stop. */
  readonly stopAt: number;
}

const minute = 60_000;

/**
 * The term of a lease that was just taken.
 *
 * The two clocks may differ, so the server's date counts only as far as its lease time allows, reckoned from
 * when it was asked for and from when it arrived.
 */
export function firstTerm(lease: Lease, askedAt: number, now: number): LeaseTerm {
  const lifetime = time(lease.expireAt) - time(lease.createdAt);
  const endsAt = Math.min(Math.max(time(lease.expireAt), askedAt + lifetime), now + lifetime);
  return term(lease, endsAt, now);
}

/** The term after a renewal; `undefined` if the lease ends no later than before. */
export function nextTerm(before: LeaseTerm, lease: Lease, now: number): LeaseTerm | undefined {
  const gained = time(lease.expireAt) - time(before.lease.expireAt);
  return gained > 0 ? term(lease, before.endsAt + gained, now) : undefined;
}

/** Renews with a third of the time left, and gives up shortly before the end. */
function term(lease: Lease, endsAt: number, now: number): LeaseTerm {
  const left = endsAt - now;
  const renewAt = endsAt - Math.min(left / 3, 5 * minute);
  const stopAt = endsAt - Math.min(left / 12, minute / 2);
  return { lease, endsAt, renewAt, stopAt };
}

function time(date: string): number {
  const milliseconds = Date.parse(date);
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new InfisicalSDKError("The server sent a lease whose dates cannot be read.", {
    code: "INVALID_RESPONSE",
  });
}
