import { defaultTransport, directTransport } from "#default-transport";
import type { AuthStrategy, LoginRoute } from "./contracts/auth-strategy.ts";
import type { EventListener } from "./contracts/events.ts";
import type { Middleware } from "./contracts/middleware.ts";
import type { Observer } from "./contracts/observer.ts";
import type { Plugin } from "./contracts/plugin.ts";
import type { Transport } from "./contracts/transport.ts";
import { optionError } from "./errors/make-error.ts";
import { defaultHeaders, parseClientHeaders } from "./http/prepare.ts";
import { parseRetryOptions, type RetryOptions } from "./http/retry.ts";
import type { Route, SendOptions } from "./http/send.ts";
import { normalizeSiteUrl } from "./http/url.ts";
import { fieldsOf } from "./support/call-options.ts";
import { integerFrom, requireFlag, requireFunction } from "./support/check.ts";
import { type Clock, type Duration, parseTimeout, systemClock } from "./support/time.ts";

/**
 * How a client reaches its server and what it can do there.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * const client = createClient({ timeout: "10s", maxConcurrent: 20, headers: { "x-team": "payments" } });
 */
export interface ClientOptions<Plugins extends readonly Plugin[] = readonly Plugin[]> {
  /**
   * The server's address; a trailing `/`, `/api` or `/api/v3` is dropped, a missing scheme means `https://`.
   *
   * @defaultValue "https://app.infisical.com"
   */
  readonly siteUrl?: string | undefined;
  /** How to log in. Without it, call `auth().login()` or `auth().accessToken()` before the first call. */
  readonly auth?: AuthStrategy | undefined;
  /**
   * The resources; each adds an accessor to the client.
   *
   * @defaultValue none: the client has only `auth()` and `request()`
   */
  readonly plugins?: Plugins | undefined;
  /**
   * Sees every call, the first of the list outermost.
   *
   * @defaultValue none
   */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Sends the requests: `nodeTransport()` for private certificate authorities and proxies, `kyTransport()` for your
   * own `fetch`, or a function that keeps the contract.
   *
   * @defaultValue `nodeTransport()` on Node, `kyTransport()` on every other platform
   */
  readonly transport?: Transport | undefined;
  /**
   * How long one attempt may take, up to the last byte of the response: milliseconds or a string such as
   * `"10s"`. It counts real time, whatever the `clock`.
   *
   * @defaultValue "10s"
   */
  readonly timeout?: Duration | undefined;
  /**
   * How many requests may be in flight at the same time; further ones wait in order, and their wait counts towards
   * `timeout`.
   *
   * @defaultValue 64
   */
  readonly maxConcurrent?: number | undefined;
  /**
   * The retry policy; `false` disables retries.
   *
   * @defaultValue up to 4 times, with waits that grow from 500 ms to at most 60 s
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Additional headers for every request, e.g. for a gateway in front of the server.
   *
   * @defaultValue none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Where the time comes from; tests pass one that they can move.
   *
   * @defaultValue the machine's clock
   */
  readonly clock?: Clock | undefined;
  /**
   * Called with everything that the client does: calls, retries, logins, leases. `logEvents()` makes lines of it.
   *
   * On Node, the same events are published on the channel `infisical:sdk` of `node:diagnostics_channel`.
   *
   * @defaultValue none
   */
  readonly onEvent?: EventListener | undefined;
  /**
   * Follows the client for traces and metrics, such as `telemetry()` of `@infisical/opentelemetry`.
   *
   * @defaultValue none
   */
  readonly observer?: Observer | undefined;
  /**
   * Whether events contain what calls are about: the names of secrets, projects, environments and folders.
   *
   * @defaultValue false: events tell calls apart by number only
   */
  readonly namesInEvents?: boolean | undefined;
}

/** The options, checked and completed. */
export interface ParsedOptions
  extends Omit<SendOptions, "heldSecrets" | "redaction" | "serverTime" | "calls"> {
  readonly auth: AuthStrategy | undefined;
  readonly onEvent: EventListener | undefined;
  readonly observer: Observer | undefined;
  readonly namesInEvents: boolean;
  /** Not checked yet. */
  readonly plugins: readonly Plugin[];
  readonly middleware: readonly Middleware[];
  /** For the requests of a login to other servers. */
  readonly loginTransport: Transport;
  /** Those that the client created, so that nobody else can be using them. */
  readonly ownTransports: readonly Transport[];
}

const parseFields = fieldsOf({
  "siteUrl?": normalizeSiteUrl,
  "auth?": parseStrategy,
  "plugins?": parsePlugins,
  "middleware?": parseMiddleware,
  "transport?": parseTransport,
  "timeout?": parseTimeout,
  "maxConcurrent?": integerFrom(1),
  "retry?": parseRetryOptions,
  "headers?": parseClientHeaders,
  "clock?": parseClock,
  "onEvent?": requireFunction,
  "observer?": parseObserver,
  "namesInEvents?": requireFlag,
});

const defaults = {
  siteUrl: "https://app.infisical.com",
  auth: undefined,
  plugins: [],
  middleware: [],
  timeout: 10_000,
  maxConcurrent: 64,
  clock: systemClock,
  onEvent: undefined,
  observer: undefined,
  namesInEvents: false,
};

/** Checks everything but the plugins. */
export function parseOptions(options: ClientOptions): ParsedOptions {
  const given = parseFields("", options) as Partial<ParsedOptions>;
  return {
    ...defaults,
    ...given,
    ...transportsOf(given.transport),
    retry: "retry" in given ? given.retry : parseRetryOptions("retry", {}),
    headers: { ...defaultHeaders(), ...given.headers },
  };
}

const parseRouteFields = fieldsOf({ "siteUrl?": normalizeSiteUrl, "transport?": parseTransport });

/** Checks where a login goes, and what sends it. */
export function parseLoginRoute(route: LoginRoute): Route {
  return parseRouteFields("", route) as Route;
}

function parseStrategy(option: string, strategy: unknown): AuthStrategy {
  assertStrategy(option, strategy);
  return strategy;
}

function parseTransport(option: string, transport: unknown): unknown {
  if (typeof transport === "function") return transport;
  throw optionError(option, "must be a transport, for example nodeTransport()", transport);
}

function parseObserver(option: string, observer: unknown): unknown {
  if (typeof observer === "function") return observer;
  throw optionError(option, "must be an observer, for example telemetry()", observer);
}

function parseClock(option: string, clock: unknown): unknown {
  const { now, sleep } = Object(clock) as Partial<Clock>;
  if (typeof now === "function" && typeof sleep === "function") return clock;
  throw optionError(option, "must have the functions now and sleep", clock);
}

/** Checks that a value is an auth strategy. A string is not repeated: it may be a token passed by mistake. */
export function assertStrategy(option: string, strategy: unknown): asserts strategy is AuthStrategy {
  const { name, login } = Object(strategy) as Partial<AuthStrategy>;
  if (typeof name === "string" && typeof login === "function") return;
  const shown = typeof strategy === "string" ? undefined : strategy;
  throw optionError(option, "must be an auth strategy, for example universalAuth({ ... })", shown);
}

/** A transport that was passed in is its owner's to close. */
function transportsOf(
  given: Transport | undefined,
): Pick<ParsedOptions, "transport" | "loginTransport" | "ownTransports"> {
  if (given) return { transport: given, loginTransport: given, ownTransports: [] };
  const [transport, loginTransport] = [defaultTransport(), directTransport()];
  return { transport, loginTransport, ownTransports: [transport, loginTransport] };
}

/** Copies the list; each plugin is checked when it is set up. */
function parsePlugins(option: string, plugins: unknown): readonly unknown[] {
  if (!Array.isArray(plugins)) throw optionError(option, "must be an array such as [secrets()]", plugins);
  return [...plugins];
}

function parseMiddleware(option: string, middleware: unknown): readonly Middleware[] {
  if (!Array.isArray(middleware)) {
    throw optionError(option, 'must be an array such as [cache({ ttl: "5m" })]', middleware);
  }
  for (const [index, layer] of middleware.entries()) {
    if (typeof layer !== "function") throw optionError(`${option}[${index}]`, "must be a function", layer);
  }
  return [...middleware];
}
