import { type Duration, InfisicalSDKError } from "@infisical/core";
import { toMilliseconds } from "@infisical/core/authoring";
import type { DynamicSecret } from "./dynamic-secret.ts";
import type { Lease } from "./lease.ts";
import { longestTtl, shortestTtl } from "./option-rules.ts";
import type { PassingTime } from "./passing-time.ts";

/** When a lease ends, and what has to be done before. In milliseconds since the lease was asked for. */
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
 * The two machines' clocks may differ, so the server's date counts only as far as its lease time allows, reckoned from
 * when the lease was asked for and from when it arrived. Beyond that, the earliest possible end counts.
 */
export function firstTerm(lease: Lease, time: PassingTime): LeaseTerm {
  const lifetime = readDate(lease.expireAt) - readDate(lease.createdAt);
  const now = time.now();
  const byDate = time.at(readDate(lease.expireAt));
  return term(lease, byDate <= now + lifetime ? Math.max(byDate, lifetime) : lifetime, now);
}

/**
 * The term after a renewal that was asked for at a time; `undefined` if the lease ends no later than before.
 *
 * A lease that could be renewed was not over yet, whatever a clock that jumped says.
 */
export function nextTerm(
  before: LeaseTerm,
  lease: Lease,
  { askedAt, now }: { readonly askedAt: number; readonly now: number },
): LeaseTerm | undefined {
  const gained = readDate(lease.expireAt) - readDate(before.lease.expireAt);
  return gained > 0 ? term(lease, Math.max(before.endsAt, askedAt) + gained, now) : undefined;
}

/** Renews with a third of the time left, and gives up shortly before the end. */
function term(lease: Lease, endsAt: number, now: number): LeaseTerm {
  const left = Math.max(endsAt - now, 0);
  const renewAt = endsAt - Math.min(left / 3, 5 * minute);
  const stopAt = endsAt - Math.min(left / 12, minute / 2);
  return { lease, endsAt, renewAt, stopAt };
}

function readDate(date: string): number {
  const milliseconds = Date.parse(date);
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new InfisicalSDKError("The server sent a lease whose dates cannot be read.", {
    code: "INVALID_RESPONSE",
  });
}

/**
 * The `ttl` that a renewal is asked for: what is wanted or, near the dynamic secret's `maxTTL`, what is left of it.
 *
 * Servers take TTLs that nobody can read, such as `"1h30m"`: a `maxTTL` limits nothing then, and a `defaultTTL` is left
 * to the server. `undefined` if less is left than a server takes.
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

/** In milliseconds; `undefined` for none, and for one that nobody can read. */
function readTtl(ttl: Duration | null | undefined): number | undefined {
  try {
    return ttl ? toMilliseconds("ttl", ttl) : undefined;
  } catch {
    return undefined;
  }
}
