import type { AuthStrategy } from "./auth-strategy.ts";
import { checkStrategy } from "./check-strategy.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Duration } from "./duration.ts";
import { optionError } from "./errors/option-error.ts";
import type { Fetch } from "./fetch.ts";
import { checkTimeout } from "./http/check-timeout.ts";
import { checkHeaders, defaultHeaders } from "./http/headers.ts";
import { platformFetch } from "./http/platform-fetch.ts";
import { checkRetryOptions, type RetryOptions } from "./http/retry-options.ts";
import { normalizeSiteUrl } from "./http/site-url.ts";
import type { TransportOptions } from "./http/transport.ts";
import type { Middleware } from "./middleware.ts";
import type { Plugin } from "./plugin.ts";

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
   * @defaultValue none: the client has `auth()` and `request()` only
   */
  readonly plugins?: Plugins | undefined;
  /**
   * Sees every call, the first of the list outermost.
   *
   * @defaultValue none
   */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Sends the requests, for proxies, private certificate authorities and tests.
   *
   * @defaultValue the platform's `fetch`
   */
  readonly fetch?: Fetch | undefined;
  /**
   * How long one attempt may take, up to the last byte of the reply: milliseconds or a string such as `"10s"`.
   *
   * @defaultValue "10s"
   */
  readonly timeout?: Duration | undefined;
  /**
   * How often and how patiently failed requests are tried again; `false` for never.
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
export interface CheckedOptions extends TransportOptions {
  readonly auth: AuthStrategy | undefined;
  readonly middleware: readonly Middleware[];
}

/** Checks everything but the plugins. */
export function checkOptions(options: ClientOptions): CheckedOptions {
  if (typeof options !== "object" || options === null)
    throw optionError("options", "must be an object", options);
  const { auth, middleware = [], fetch = platformFetch, clock = systemClock, timeout = 10_000 } = options;
  if (auth !== undefined) checkStrategy("auth", auth);
  if (typeof fetch !== "function") throw optionError("fetch", "must be a function", fetch);
  if (typeof clock?.now !== "function" || typeof clock.sleep !== "function") {
    throw optionError("clock", "must have the functions now and sleep", clock);
  }
  return {
    siteUrl: normalizeSiteUrl(options.siteUrl ?? "https://app.infisical.com"),
    auth,
    middleware: checkMiddleware(middleware),
    // Some platforms refuse a fetch that is called as a method of another object.
    fetch: (url, init) => fetch(url, init),
    clock,
    timeout: checkTimeout(timeout),
    retry: checkRetryOptions(options.retry),
    headers: { ...defaultHeaders(), ...checkHeaders(options.headers) },
  };
}

function checkMiddleware(middleware: unknown): readonly Middleware[] {
  if (!Array.isArray(middleware)) throw optionError("middleware", "must be an array", middleware);
  for (const [index, layer] of middleware.entries()) {
    if (typeof layer !== "function") throw optionError(`middleware[${index}]`, "must be a function", layer);
  }
  return [...middleware];
}
