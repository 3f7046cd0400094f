import type { AnyInfisicalError, Clock, Duration } from "@infisical/core";
import { fieldsOf, type OptionRules, optionError, toMilliseconds } from "@infisical/core/authoring";
import { Ages } from "./ages.ts";

/** An old response that stood in for a failure. It holds no value. */
export interface StaleIfErrorEvent {
  /** The path that was read, without its query. */
  readonly path: string;
  /** How old the response is, in milliseconds. */
  readonly age: number;
  /** What the failure was. */
  readonly error: AnyInfisicalError;
}

/** How long responses are kept, and what may be done with old ones. */
export interface CacheOptions {
  /**
   * How long a response is served before the server is asked again: milliseconds or a string such as `"5m"`,
   * more than 0, counted from when it was asked for.
   */
  readonly ttl: Duration;
  /**
   * For how long after `ttl` the old response is served at once, while a new one is fetched behind it.
   *
   * @defaultValue 0: the call waits for the new one
   */
  readonly staleWhileRevalidate?: Duration | undefined;
  /**
   * For how long after `ttl` the old response stands in when Infisical cannot be reached, answers 5xx or limits the
   * rate, or when something else answers in its place. After a refusal by Infisical it is dropped.
   *
   * @defaultValue 0: the call fails
   */
  readonly staleIfError?: Duration | undefined;
  /**
   * How many responses are kept for an identity; beyond that the one that was not used for longest is dropped.
   *
   * @defaultValue 500
   */
  readonly maxEntries?: number | undefined;
  /**
   * Is told of every response that stood in for a failure. Nobody waits for it, and what it throws or rejects with is
   * ignored.
   *
   * @defaultValue nobody is told
   */
  readonly onStaleIfError?: ((event: StaleIfErrorEvent) => unknown) | undefined;
  /**
   * Where the time comes from; tests pass the clock that they give the client.
   *
   * @defaultValue the machine's clocks
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

/** The options, checked and completed; times in milliseconds. */
export interface CachePolicy {
  readonly ttl: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  readonly maxEntries: number;
  readonly onStaleIfError: CacheOptions["onStaleIfError"];
  readonly ages: Ages;
}

const rules: OptionRules = {
  ttl: parseTtl,
  "staleWhileRevalidate?": toMilliseconds,
  "staleIfError?": toMilliseconds,
  "maxEntries?": parseMaxEntries,
  "onStaleIfError?": requireFunction,
  "clock?": requireClock,
};

/** Checks the options of a cache. */
export function checkOptions(options: CacheOptions): CachePolicy {
  const { clock, ...given } = fieldsOf(rules)("", options) as ParsedOptions;
  const defaults = { staleWhileRevalidate: 0, staleIfError: 0, maxEntries: 500, onStaleIfError: undefined };
  return { ...defaults, ...given, ages: new Ages(clock) };
}

type ParsedOptions = Pick<CachePolicy, "ttl"> &
  Partial<Omit<CachePolicy, "ages">> &
  Pick<CacheOptions, "clock">;

function parseTtl(option: string, value: unknown): number {
  const ttl = toMilliseconds(option, value);
  if (ttl > 0) return ttl;
  throw optionError(option, "must be more than 0; without a cache every read asks", value);
}

function parseMaxEntries(option: string, value: unknown): unknown {
  if (Number.isInteger(value) && (value as number) >= 1) return value;
  throw optionError(option, "must be a whole number, 1 or more", value);
}

function requireFunction(option: string, value: unknown): unknown {
  if (typeof value === "function") return value;
  throw optionError(option, "must be a function", value);
}

function requireClock(option: string, value: unknown): unknown {
  if (typeof (value as Partial<Clock> | null)?.now === "function") return value;
  throw optionError(option, "must have the function now", value);
}
