import {
  type AnyInfisicalError,
  type Clock,
  type Duration,
  type InfisicalErrorCode,
  isInfisicalError,
} from "@infisical/core";
import {
  fieldsOf,
  type OptionRules,
  optionError,
  parseLifetime,
  parseTimeout,
  requireFunction,
} from "@infisical/core/authoring";
import { Ages } from "./ages.ts";
import { parseEncryptionKeys } from "./encryption-key.ts";
import type { CacheStore } from "./store.ts";

/** Describes an old response that was served because of a failure. It contains no secret. */
export interface StaleIfErrorEvent {
  /** The path that was read, without its query. */
  readonly path: string;
  /** The age of the response, in milliseconds. */
  readonly age: number;
  /** The failure. */
  readonly error: AnyInfisicalError;
}

/**
 * How long responses are kept, and when old ones may be served.
 *
 * @example
 * import { cache } from "@infisical/cache";
 * const reads = cache({
 *   ttl: "1m",
 *   staleWhileRevalidate: "10m",
 *   staleIfError: "1d",
 *   maxEntries: 100,
 *   onStaleIfError: ({ path, age }) => console.warn(`${path} is ${age} ms old`),
 *   clock: { now: () => Date.now() },
 * });
 */
export interface CacheOptions {
  /**
   * How long a response is served before the server is asked again: a string such as `"5m"` or at least 1000 milliseconds,
   * counted from when the response was requested.
   */
  readonly ttl: Duration;
  /**
   * How long after `ttl` the old response is served immediately while a new one is fetched in the background.
   *
   * @defaultValue 0: the call waits for the new response
   */
  readonly staleWhileRevalidate?: Duration | undefined;
  /**
   * How long after `ttl` the old response is served if Infisical cannot be reached, answers 5xx or limits the rate,
   * or if something else answers in its place. After a refusal by Infisical the old response is dropped.
   *
   * @defaultValue 0: the call fails
   */
  readonly staleIfError?: Duration | undefined;
  /**
   * How many responses are kept for each identity; beyond that, the least recently used one is dropped.
   *
   * @defaultValue 500
   */
  readonly maxEntries?: number | undefined;
  /**
   * Called each time an old response is served because of a failure. The call does not wait for it, and ignores what
   * it throws or rejects with.
   *
   * @defaultValue none
   */
  readonly onStaleIfError?: ((event: StaleIfErrorEvent) => unknown) | undefined;
  /**
   * Where the time comes from; tests pass the clock that they pass to the client.
   *
   * @defaultValue the machine's clocks
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /**
   * Where responses are shared with other processes that log in as the same identity, encrypted.
   *
   * @defaultValue none: responses are in memory only
   */
  readonly store?: CacheStore | undefined;
  /**
   * Encrypts what the store gets: at least 32 random characters in base64 or hexadecimal, or at least 32 random bytes. Of
   * several, the first encrypts and all of them decrypt. Required with `store`.
   */
  readonly encryptionKey?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /**
   * How long a call waits for the store before it goes to the server: milliseconds or a string such as `"250ms"`. It counts
   * real time, whatever the `clock`. At most 24 days.
   *
   * @defaultValue 250
   */
  readonly storeTimeout?: Duration | undefined;
}

/** The options, checked and completed; times in milliseconds. */
export interface CachePolicy {
  readonly ttl: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  readonly maxEntries: number;
  readonly onStaleIfError: CacheOptions["onStaleIfError"];
  readonly ages: Ages;
  /** Where and how responses are shared. */
  readonly shared: SharedPolicy | undefined;
}

/** The options about the store, checked and completed. */
export interface SharedPolicy {
  readonly store: CacheStore;
  readonly encryptionKeys: readonly Uint8Array[];
  /** In milliseconds. */
  readonly storeTimeout: number;
}

const rules: OptionRules = {
  ttl: parseTtl,
  "staleWhileRevalidate?": parseLifetime,
  "staleIfError?": parseLifetime,
  "maxEntries?": parseMaxEntries,
  "onStaleIfError?": requireFunction,
  "clock?": requireClock,
  "store?": requireStore,
  "encryptionKey?": parseEncryptionKeys,
  "storeTimeout?": parseTimeout,
};

type ParsedOptions = Pick<CachePolicy, "ttl"> &
  Partial<Omit<CachePolicy, "ages" | "shared">> &
  Pick<CacheOptions, "clock" | "store"> & {
    readonly encryptionKey?: SharedPolicy["encryptionKeys"];
    readonly storeTimeout?: number;
  };

/** Checks the options of a cache. */
export function parsePolicy(options: CacheOptions): CachePolicy {
  const { clock, store, encryptionKey, storeTimeout, ...given } = fieldsOf(rules)(
    "",
    options,
  ) as ParsedOptions;
  const defaults = { staleWhileRevalidate: 0, staleIfError: 0, maxEntries: 500, onStaleIfError: undefined };
  const shared = parseShared(store, encryptionKey, storeTimeout);
  return { ...defaults, ...given, ages: new Ages(clock), shared };
}

function parseShared(
  store: CacheStore | undefined,
  encryptionKeys: SharedPolicy["encryptionKeys"] | undefined,
  storeTimeout: number | undefined,
): SharedPolicy | undefined {
  if (store && encryptionKeys) return { store, encryptionKeys, storeTimeout: storeTimeout ?? 250 };
  if (store) throw optionError("encryptionKey", "must be given with store, which never gets a readable text");
  if (encryptionKeys) throw optionError("encryptionKey", "has no use without store");
  if (storeTimeout !== undefined) throw optionError("storeTimeout", "has no use without store", storeTimeout);
  return undefined;
}

function requireStore(option: string, value: unknown): unknown {
  const { get, set, delete: remove, setIfAbsent } = Object(value) as Partial<CacheStore>;
  const isStore = [get, set, remove, setIfAbsent ?? get].every((each) => typeof each === "function");
  if (!isStore) {
    throw optionError(
      option,
      "must have the functions get, set and delete, as what fromKeyv or fromUnstorage returns",
    );
  }
  if (typeof globalThis.crypto?.subtle === "object") return value;
  throw optionError(option, "needs WebCrypto, which browsers provide to pages from https: only");
}

function parseTtl(option: string, value: unknown): number {
  const ttl = parseLifetime(option, value);
  if (ttl > 0) return ttl;
  throw optionError(option, "must be greater than 0; to disable caching, leave the middleware out", value);
}

function parseMaxEntries(option: string, value: unknown): unknown {
  if (Number.isInteger(value) && (value as number) >= 1) return value;
  throw optionError(option, "must be a whole number, 1 or more", value);
}

function requireClock(option: string, value: unknown): unknown {
  if (typeof (value as Partial<Clock> | null)?.now === "function") return value;
  throw optionError(option, "must have the function now", value);
}

/** Infisical is unreachable, broken or overloaded, or something else answers in its place: old responses may still be valid. */
const outages: readonly InfisicalErrorCode[] = [
  "UNREACHABLE",
  "CONNECTION_LOST",
  "TIMEOUT",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "GATEWAY_ERROR",
  "REDIRECTED",
  "INVALID_RESPONSE",
];

/** Whether a read failed in such a way that an old response may be served instead. */
export function isOutage(error: unknown): error is AnyInfisicalError {
  return isInfisicalError(error) && outages.includes(error.code);
}

/** Whether Infisical itself refused a read or its login, so that an old response is no longer valid. */
export function isRefusal(error: unknown): boolean {
  return isInfisicalError(error) && error.name === "InfisicalSDKRequestError" && !isOutage(error);
}

/** Whether Infisical refused who asks, not what is asked for. */
export function isRefusalOfIdentity(error: unknown): boolean {
  return isRefusal(error) && ["AUTH_FAILED", "UNAUTHORIZED"].includes((error as AnyInfisicalError).code);
}
