import { defaultTransport, directTransport } from "#default-transport";
import type { AuthStrategy } from "./contracts/auth-strategy.ts";
import type { Middleware } from "./contracts/middleware.ts";
import type { Plugin } from "./contracts/plugin.ts";
import type { Transport } from "./contracts/transport.ts";
import { optionError } from "./errors/option-error.ts";
import { defaultHeaders, parseHeaders, parseTimeout } from "./http/prepare.ts";
import { parseRetryOptions, type RetryOptions } from "./http/retry.ts";
import type { SendOptions } from "./http/send.ts";
import { normalizeSiteUrl } from "./http/site-url.ts";
import { type Clock, systemClock } from "./support/clock.ts";
import type { Duration } from "./support/duration.ts";

/** How a client reaches its server and what it can do there. */
export interface ClientOptions<Plugins extends readonly Plugin[] = readonly Plugin[]> {
  /**
   * The server's address; a trailing `/` or `/api` is dropped, a missing scheme means `https://`.
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
   * Sends the requests: `nodeTransport()` for private certificate authorities and proxies, `kyTransport()` for a
   * `fetch` of your own, or a function that keeps the contract.
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
   * The retry policy; `false` disables retries.
   *
   * @defaultValue up to 4 times, with waits that grow from 500 ms to at most 60 s
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Further headers for every request, e.g. for a gateway in front of the server.
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
}

/** The options, checked and completed. */
export interface ParsedOptions extends SendOptions {
  readonly auth: AuthStrategy | undefined;
  readonly middleware: readonly Middleware[];
  /** For requests of a login to anywhere else. */
  readonly loginTransport: Transport;
  /** Those that nobody else can be using. */
  readonly ownTransports: readonly Transport[];
}

/** Checks everything but the plugins. */
export function parseOptions(options: ClientOptions): ParsedOptions {
  if (typeof options !== "object" || options === null)
    throw optionError("options", "must be an object", options);
  const { auth, middleware = [], transport, clock = systemClock, timeout = 10_000 } = options;
  if (auth !== undefined) assertStrategy("auth", auth);
  if (transport !== undefined && typeof transport !== "function") {
    throw optionError("transport", "must be a transport, for example nodeTransport()", transport);
  }
  if (typeof clock?.now !== "function" || typeof clock.sleep !== "function") {
    throw optionError("clock", "must have the functions now and sleep", clock);
  }
  return {
    siteUrl: normalizeSiteUrl(options.siteUrl ?? "https://app.infisical.com"),
    auth,
    middleware: parseMiddleware(middleware),
    ...transportsOf(transport),
    clock,
    timeout: parseTimeout(timeout),
    retry: parseRetryOptions(options.retry),
    headers: { ...defaultHeaders(), ...parseHeaders(options.headers) },
  };
}

/** Checks that a value is an auth strategy. A text is not repeated: it may be a token in the wrong place. */
export function assertStrategy(option: string, strategy: unknown): asserts strategy is AuthStrategy {
  const { name, login } = Object(strategy) as Partial<AuthStrategy>;
  if (typeof name === "string" && typeof login === "function") return;
  const shown = typeof strategy === "string" ? undefined : strategy;
  throw optionError(option, "must be an auth strategy, for example universalAuth({ ... })", shown);
}

/** A transport that was handed in is its owner's to close. */
function transportsOf(
  given: Transport | undefined,
): Pick<ParsedOptions, "transport" | "loginTransport" | "ownTransports"> {
  if (given) return { transport: given, loginTransport: given, ownTransports: [] };
  const [transport, loginTransport] = [defaultTransport(), directTransport()];
  return { transport, loginTransport, ownTransports: [transport, loginTransport] };
}

function parseMiddleware(middleware: unknown): readonly Middleware[] {
  if (!Array.isArray(middleware)) throw optionError("middleware", "must be an array", middleware);
  for (const [index, layer] of middleware.entries()) {
    if (typeof layer !== "function") throw optionError(`middleware[${index}]`, "must be a function", layer);
  }
  return [...middleware];
}
