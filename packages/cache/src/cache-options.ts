import type { AnyInfisicalError, Clock, Duration } from "@infisical/core";
import { optionError, toMilliseconds } from "@infisical/core/authoring";

/** An old reply that was given out because the server failed. */
export interface StaleIfErrorEvent {
  /** The path that was read, without its query. */
  readonly path: string;
  /** How old the reply is, in milliseconds. */
  readonly age: number;
  /** What the server's failure looked like. */
  readonly error: AnyInfisicalError;
}

/** How long replies are kept, and what may be done with old ones. */
export interface CacheOptions {
  /**
   * How long a reply is given out before the server is asked again: milliseconds or a string such as `"5m"`,
   * more than 0, counted from when it was asked for.
   */
  readonly ttl: Duration;
  /**
   * For how long after `ttl` the old reply is given out at once, while a new one is fetched behind it.
   *
   * @defaultValue 0: the call waits for the new one
   */
  readonly staleWhileRevalidate?: Duration | undefined;
  /**
   * For how long after `ttl` the old reply stands in when the server cannot be reached, answers 5xx or limits
   * the rate. After any other refusal it is dropped.
   *
   * @defaultValue 0: the call fails
   */
  readonly staleIfError?: Duration | undefined;
  /**
   * How many replies are kept for an identity; beyond that the one that was not used for longest is dropped.
   *
   * @defaultValue 500
   */
  readonly maxEntries?: number | undefined;
  /**
   * Is told of every reply that stood in for a failure; what it throws is ignored.
   *
   * @defaultValue nobody is told
   */
  readonly onStaleIfError?: ((event: StaleIfErrorEvent) => void) | undefined;
  /**
   * Where the time comes from; tests pass the clock that they give the client.
   *
   * @defaultValue the machine's clock
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

/** The options, checked and completed; times in milliseconds. */
export interface CachePolicy {
  readonly ttl: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  readonly maxEntries: number;
  readonly onStaleIfError: (event: StaleIfErrorEvent) => void;
  readonly now: () => number;
}

const machineClock: Pick<Clock, "now"> = { now: () => Date.now() };

/** Checks the options of a cache. */
export function checkOptions(options: CacheOptions): CachePolicy {
  if (typeof options !== "object" || options === null) {
    throw optionError("options", 'must be an object such as { ttl: "5m" }', options);
  }
  const { staleWhileRevalidate = 0, staleIfError = 0, maxEntries = 500, clock = machineClock } = options;
  const { onStaleIfError = () => undefined } = options;
  const ttl = toMilliseconds("ttl", options.ttl);
  if (ttl === 0)
    throw optionError("ttl", "must be more than 0; without a cache every read asks", options.ttl);
  if (!Number.isInteger(maxEntries) || maxEntries < 1) {
    throw optionError("maxEntries", "must be a whole number, 1 or more", maxEntries);
  }
  if (typeof onStaleIfError !== "function") {
    throw optionError("onStaleIfError", "must be a function", onStaleIfError);
  }
  if (typeof clock?.now !== "function") throw optionError("clock", "must have the function now", clock);
  return {
    ttl,
    staleWhileRevalidate: toMilliseconds("staleWhileRevalidate", staleWhileRevalidate),
    staleIfError: toMilliseconds("staleIfError", staleIfError),
    maxEntries,
    onStaleIfError,
    now: () => clock.now(),
  };
}
