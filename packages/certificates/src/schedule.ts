import { isInfisicalError } from "@infisical/core";
import type { Validity } from "./validity.ts";

/** By default a certificate is renewed when a third of its life is left, and never when more than two thirds are. */
const thirds = 3;

/** Up to this part of the time before its end, a renewal is earlier: processes that start together do not renew together. */
const jitter = 1 / 10;

/** After failures: the first wait, the longest one, and the shortest one near the end. In milliseconds. */
const firstBackoff = 30_000;
const longestBackoff = 60 * 60_000;
const shortestBackoff = 5_000;

/** The longest wait that a server can ask for, in milliseconds. */
const longestRetryAfter = 60 * 60_000;

/** The time before the end of a certificate in which it is renewed, in milliseconds. */
export function renewalWindow({ notBefore, notAfter }: Validity, renewBefore: number | undefined): number {
  const life = notAfter - notBefore;
  // Whoever wants a certificate renewed as soon as it is there would renew all the time.
  return Math.min(renewBefore ?? life / thirds, life - life / thirds);
}

/**
 * How long to wait until a new certificate is renewed, in milliseconds.
 *
 * By a clock that is far ahead, even a new certificate is at its end. Renewing it all the time would help nobody. By one that
 * is behind, it has more than its life left, and would end before it is renewed.
 */
export function untilRenewal({ notBefore, notAfter }: Validity, window: number, now: number): number {
  const early = window * jitter * Math.random();
  const use = notAfter - notBefore - window;
  return Math.min(Math.max(notAfter - window - early - now, use * jitter), use);
}

/**
 * How long to wait after a failure, in milliseconds: the more often the longer, and shorter the nearer the end of the certificate is: before
 * it, and after it too, when whoever uses the certificate needs another one at once.
 */
export function untilNextTry(failures: number, error: unknown, left: number | undefined): number {
  const backoff = Math.min(firstBackoff * 2 ** (failures - 1), longestBackoff);
  const hurried = left === undefined ? backoff : Math.max(Math.abs(left) / 8, shortestBackoff);
  const asked = Math.min(retryAfterOf(error), longestRetryAfter);
  return Math.max(Math.min(backoff, hurried), asked) * (1 + Math.random() / 4);
}

/** The first and the longest wait between two looks at a request that is not decided, in milliseconds. */
const firstLook = 2_000;
const longestLook = 60_000;

/** How long to wait until the next look at a request that is not decided, in milliseconds. */
export function untilNextLook(looks: number): number {
  return Math.min(firstLook * 2 ** looks, longestLook) * (1 + Math.random() / 4);
}

function retryAfterOf(error: unknown): number {
  const { retryAfter } = isInfisicalError(error) ? (error as { readonly retryAfter?: unknown }) : {};
  return typeof retryAfter === "number" && retryAfter > 0 ? retryAfter * 1000 : 0;
}

/** The shortest and the longest wait until a certificate is read again that others renew, in milliseconds. */
const shortestRead = 30_000;
const longestRead = 60 * 60_000;

/** How long to wait until a certificate is read again that others should have renewed by now, in milliseconds. */
export function untilNextRead(left: number): number {
  return Math.min(Math.max(left / 8, shortestRead), longestRead) * (1 + Math.random() / 4);
}
