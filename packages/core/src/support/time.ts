import ms from "ms";
import { optionError } from "../errors/make-error.ts";
import { abortReason, onAbort } from "./wait.ts";

/**
 * Where a client gets the time from, so that tests can move it.
 *
 * It governs tokens, waits between attempts, leases and caches. It does not govern `timeout`: sockets live in real
 * time, and so does their limit.
 *
 * @example
 * import { createClient, type Clock } from "@infisical/core";
 * const clock: Clock = { now: () => Date.now(), sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) };
 * createClient({ clock });
 */
export interface Clock {
  /** The current time, in milliseconds since 1970. */
  now(): number;
  /**
   * Waits. It can wake early: callers that need the whole time check `now` again.
   *
   * @param milliseconds - How long, in milliseconds.
   * @param signal - Ends the wait early; the promise then rejects with the signal's reason.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds since some moment, unaffected by changes of the clock. `performance.now` by default. */
  monotonic?(): number;
}

/** The longest delay of a timer, in milliseconds: about 24 days. Longer delays fire immediately. */
const longestTimer = 2 ** 31 - 1;

/** All copies of this package in a process share the mark. */
const systemMark: unique symbol = Symbol.for("infisical.sdk.system-clock") as never;

/**
 * The machine's own clock, which a client has by default. A sleep of more than 24 days wakes early.
 *
 * @example
 * import type { Clock } from "@infisical/core";
 * import { systemClock } from "@infisical/core/authoring";
 * const withClock = (clock: Clock = systemClock) => clock.now();
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          forget();
          resolve();
        },
        Math.min(milliseconds, longestTimer),
      );
      const forget = onAbort(signal, () => {
        clearTimeout(timer);
        reject(abortReason(signal as AbortSignal));
      });
    }),
};
Object.defineProperty(systemClock, systemMark, { value: true });

/**
 * Tells whether a clock is the machine's own one, also that of another copy of this package. By it, a timer can wait that keeps
 * no process alive.
 *
 * @param clock - The clock of a client.
 * @returns Whether it is `systemClock`.
 *
 * @example
 * import { isSystemClock, systemClock } from "@infisical/core/authoring";
 * isSystemClock(systemClock); // true
 */
export function isSystemClock(clock: Clock): boolean {
  return Object.hasOwn(clock, systemMark);
}

/**
 * A length of time: a number of milliseconds, or a string such as `"30s"`, `"5m"` or `"1.5h"`.
 *
 * @example
 * import { type Duration } from "@infisical/core";
 * const timeout: Duration = "10s";
 */
export type Duration = number | string;

/**
 * Turns a {@link Duration} into milliseconds.
 *
 * @param option - The option's name, for the error.
 * @param value - The duration.
 * @returns Milliseconds, zero or more.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a duration, or negative.
 *
 * @example
 * import { toMilliseconds } from "@infisical/core/authoring";
 * toMilliseconds("ttl", "5m"); // 300000
 */
export function toMilliseconds(option: string, value: unknown): number {
  const milliseconds = typeof value === "string" ? parse(value) : value;
  if (typeof milliseconds !== "number" || !Number.isFinite(milliseconds) || milliseconds < 0) {
    throw optionError(option, 'must be a number of milliseconds or a string such as "30s" or "5m"', value);
  }
  return milliseconds;
}

function parse(text: string): number | undefined {
  if (text.trim() === "" || text.length > 100) return undefined;
  return ms(text.trim() as ms.StringValue);
}

/**
 * Checks how long something is kept or valid, and returns it in milliseconds. A number below 1000 was probably meant in
 * seconds, so it must say its unit.
 *
 * @param option - The option's name, for the error.
 * @param value - A {@link Duration}: 0, a number of at least 1000, or a string with a unit.
 * @returns Milliseconds, zero or more.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it breaks this rule.
 *
 * @example
 * import { parseLifetime } from "@infisical/core/authoring";
 * parseLifetime("ttl", "60s"); // 60000
 */
export function parseLifetime(option: string, value: unknown): number {
  const milliseconds = toMilliseconds(option, value);
  const hasUnit = typeof value === "string" && Number.isNaN(Number(value));
  if (hasUnit || milliseconds === 0 || milliseconds >= 1000) return milliseconds;
  const rule = `must have a unit if it is below 1000: a number counts milliseconds, so write "${milliseconds}s" for seconds`;
  throw optionError(option, rule, value);
}

/** Shows a length of time to people, such as `2s` or `420ms`. */
export function durationText(milliseconds: number): string {
  return ms(Math.round(milliseconds));
}

/**
 * Checks a time that is waited by a timer, and returns it in milliseconds.
 *
 * @param option - The option's name, for the error.
 * @param timeout - A {@link Duration} of more than 0 and at most 24 days, the most that a timer can wait.
 * @returns Milliseconds.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it breaks this rule.
 *
 * @example
 * import { parseTimeout } from "@infisical/core/authoring";
 * parseTimeout("timeout", "10s"); // 10000
 */
export function parseTimeout(option: string, timeout: unknown): number {
  const milliseconds = toMilliseconds(option, timeout);
  if (milliseconds > 0 && milliseconds <= longestTimer) return milliseconds;
  throw optionError(option, "must be greater than 0 and at most 24 days", timeout);
}

/** Servers state whole seconds, and responses take time; a difference below this, in milliseconds, means nothing. */
const tolerance = 5000;

/** The server's time, as far as it states it: a proof that states the time must state the server's. */
export class ServerTime {
  readonly #clock: Clock;
  #skew: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Compares the two clocks by a response that has just arrived. One from a cache says nothing. */
  observe(headers: Readonly<Record<string, string>>): void {
    const date = headers["date"];
    if (date === undefined || "age" in headers) return;
    const skew = Date.parse(date) - this.#clock.now();
    if (!Number.isNaN(skew)) this.#skew = Math.abs(skew) < tolerance ? 0 : skew;
  }

  /** How far the server's clock is ahead of the client's, in milliseconds; `undefined` if unknown. */
  get skew(): number | undefined {
    return this.#skew;
  }

  /** The server's time if it is known, otherwise the client's. */
  now(): number {
    return this.#clock.now() + (this.#skew ?? 0);
  }
}
