import type { Duration } from "@infisical/core";
import { toMilliseconds } from "@infisical/core/authoring";
import type { DynamicSecret } from "./dynamic-secret.ts";
import type { Lease } from "./lease.ts";

const shortest = 60_000;

/**
 * How much a renewal may add to a lease, in milliseconds: what is wanted or, near the dynamic secret's
 * `maxTTL`, what is left of it. `undefined` if that is less than a server takes.
 */
export function affordableTtl(
  wanted: Duration | undefined,
  { defaultTTL, maxTTL }: DynamicSecret,
  { createdAt, expireAt }: Lease,
): number | undefined {
  const ttl = toMilliseconds("ttl", wanted ?? defaultTTL);
  const left = Date.parse(createdAt) + longestLease(maxTTL) - Date.parse(expireAt);
  return left < shortest ? undefined : Math.min(ttl, Math.floor(left));
}

/** Servers take a `maxTTL` that they cannot read, such as `"1h30m"`; it limits nothing then. */
function longestLease(maxTTL: DynamicSecret["maxTTL"]): number {
  try {
    return maxTTL ? toMilliseconds("maxTTL", maxTTL) : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
