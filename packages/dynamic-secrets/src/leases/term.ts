import { type Duration, InfisicalSDKError } from "@infisical/core";
import { toMilliseconds } from "@infisical/core/authoring";
import { longestTtl, shortestTtl } from "../option-rules.ts";
import type { DynamicSecret } from "../types.ts";
import type { ElapsedTime } from "./time.ts";
import type { Lease } from "./types.ts";

/** When a lease expires, and what must happen before. In milliseconds since the lease was requested. */
export interface LeaseTerm {
  /** The lease as the server last sent it. */
  readonly lease: Lease;
  /** When the server revokes the credentials. */
  readonly endsAt: number;
  /** When to renew. */
  readonly renewAt: number;
  /** When to stop using the credentials if the lease was not renewed. */
  readonly stopAt: number;
}

/** A lease is renewed when a third of its time is left, but at most 5 minutes before it expires. */
const renewal = { divisor: 3, longest: 5 * 60_000 };

/** Its use stops when a twelfth of its time is left, but at most 30 seconds before it expires. */
const stop = { divisor: 12, longest: 30_000 };

/**
 * The term of a new lease.
 *
 * The clocks of the two machines can differ, so the server's date counts only as far as the lease's lifetime allows,
 * computed from when the lease was requested and from when it arrived. Beyond that, the earliest possible end counts.
 */
export function firstTerm(lease: Lease, time: ElapsedTime): LeaseTerm {
  const lifetime = readDate(lease.expireAt) - readDate(lease.createdAt);
  const now = time.now();
  const byDate = time.at(readDate(lease.expireAt));
  return term(lease, byDate <= now + lifetime ? Math.max(byDate, lifetime) : lifetime, now);
}

/**
 * The term after a renewal that was requested at `askedAt`; `undefined` if the lease does not expire later than before.
 *
 * A lease that could be renewed had not expired yet, whatever a clock that jumped says.
 */
export function nextTerm(
  before: LeaseTerm,
  lease: Lease,
  { askedAt, now }: { readonly askedAt: number; readonly now: number },
): LeaseTerm | undefined {
  const gained = readDate(lease.expireAt) - readDate(before.lease.expireAt);
  return gained > 0 ? term(lease, Math.max(before.endsAt, askedAt) + gained, now) : undefined;
}

function term(lease: Lease, endsAt: number, now: number): LeaseTerm {
  const left = Math.max(endsAt - now, 0);
  const renewAt = endsAt - Math.min(left / renewal.divisor, renewal.longest);
  const stopAt = endsAt - Math.min(left / stop.divisor, stop.longest);
  return { lease, endsAt, renewAt, stopAt };
}

function readDate(date: string): number {
  const milliseconds = Date.parse(date);
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new InfisicalSDKError("The server sent a lease whose dates are not valid.", {
    code: "INVALID_RESPONSE",
  });
}

/**
 * The `ttl` to renew a lease with: the wanted one or, near the dynamic secret's `maxTTL`, what is left of it.
 * `undefined` if less is left than a server accepts.
 *
 * Servers accept TTLs that nobody can read, such as `"1h30m"`. Such a `maxTTL` limits nothing, and such a `defaultTTL` is
 * left to the server.
 */
export function renewalTtl(
  wanted: Duration | undefined,
  { defaultTTL, maxTTL }: DynamicSecret,
  { createdAt, expireAt }: Lease,
): { readonly ttl: Duration | undefined } | undefined {
  const longest = readTtl(maxTTL);
  const left = longest && Date.parse(createdAt) + longest - Date.parse(expireAt);
  if (left === undefined || Number.isNaN(left)) return { ttl: wanted };
  if (left < shortestTtl) return undefined;
  const usual = readTtl(wanted ?? defaultTTL) ?? 0;
  return { ttl: usual <= left ? wanted : Math.min(Math.floor(left), longestTtl) };
}

/** In milliseconds; `undefined` if there is none or it is not readable. */
function readTtl(ttl: Duration | null | undefined): number | undefined {
  try {
    return ttl ? toMilliseconds("ttl", ttl) : undefined;
  } catch {
    return undefined;
  }
}
