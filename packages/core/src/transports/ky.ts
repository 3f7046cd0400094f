import ky from "ky";
import {
  defaultMaxResponseSize,
  type Transport,
  TransportError,
  type TransportRequest,
} from "../contracts/transport.ts";
import { optionError } from "../errors/make-error.ts";
import { fieldsOf } from "../support/call-options.ts";
import { integerFrom, type OptionRule } from "../support/check.ts";
import {
  type Fetch,
  type FetchInit,
  type FetchResponse,
  ownConnection,
  platformFetch,
  requestSentOnce,
  sentOnce,
} from "./fetch.ts";
import { FetchExchange, type Send } from "./fetch-exchange.ts";

/**
 * An instance of ky: what `ky.create()` and `ky.extend()` of ky 1.14 and later return.
 *
 * @param url - The whole address.
 * @param options - Options of ky.
 * @returns The response, whatever its status.
 */
export type KyInstance = (url: URL, options: object) => Promise<FetchResponse>;

/**
 * The options of {@link kyTransport}.
 *
 * @example
 * import { type KyTransportOptions, kyTransport } from "@infisical/core/ky";
 * const throughHooks = (ky: KyTransportOptions["ky"]) => kyTransport({ ky });
 */
export interface KyTransportOptions {
  /**
   * The function that makes the exchange, such as undici's `fetch`, a test server's, or a mock.
   *
   * @defaultValue that of the `ky` instance if it has one, otherwise the platform's
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Your own instance of ky.
   *
   * Its hooks run and its headers are sent, unless the client sends a header of the same name. Its retries, time
   * limits, thrown statuses, prefix, query and body are switched off.
   *
   * @defaultValue an instance without hooks
   */
  readonly ky?: KyInstance | undefined;
  /**
   * The largest response body, in bytes after decompression.
   *
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxResponseSize?: number | undefined;
}

const parseKyTransportOptions = fieldsOf({
  "fetch?": functionOf("a function"),
  "ky?": functionOf("an instance of ky, which is a function"),
  "maxResponseSize?": integerFrom(1),
});

function functionOf(kind: string): OptionRule {
  return (option, value) => {
    if (typeof value === "function") return value;
    throw optionError(option, `must be ${kind}`, value);
  };
}

/**
 * A transport over ky and `fetch`: the default on every platform but Node.
 *
 * Use it on Node for your own `fetch`, or for an instance of ky whose hooks must run.
 *
 * @param options - All of them are optional.
 * @throws {InfisicalSDKError} `INVALID_OPTION`.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { kyTransport } from "@infisical/core/ky";
 * createClient({ transport: kyTransport({ maxResponseSize: 1024 * 1024 }) });
 */
export function kyTransport(options: KyTransportOptions = {}): Transport {
  const given = parseKyTransportOptions("", options) as KyTransportOptions;
  const { fetch, ky: instance, maxResponseSize = defaultMaxResponseSize } = given;
  const send = instance ? throughInstance(instance, fetch) : throughKy(fetch);
  const hasHooks = instance !== undefined;
  return Object.assign(
    (request: TransportRequest) => new FetchExchange(request, hasHooks).run(send, maxResponseSize),
    {
      maxResponseSize,
      stream: (request: TransportRequest) => new FetchExchange(request, hasHooks).open(send),
    },
  );
}

/** Without hooks, only the client decides what is sent: ky need not know it, and no `Request` must be read. */
function throughKy(fetch: Fetch | undefined): Send {
  return (exchange) => {
    const { request, signal } = exchange;
    const { method, url, headers, body } = request;
    const init = {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      ...fixed(),
      signal,
    };
    const call = () => exchange.call(async () => callFetch(fetch, url, init, request.idempotent));
    // A custom fetch does not need the platform's classes, but ky does.
    if (typeof Request !== "function") return call();
    return ky(url, kyOptions({ method }, call));
  };
}

/** With hooks, the request is sent as ky passes it on. */
function throughInstance(instance: KyInstance, fetch: Fetch | undefined): Send {
  const fetchOfInstance = ownFetch(instance);
  return (exchange) => {
    const { request, signal } = exchange;
    const { method, url, headers, body } = request;
    const init = { method, headers, body, ...fixed(), signal };
    const call = (made: Request, rest: object) =>
      exchange.call(async () => {
        if (fetch) return callFetch(fetch, made.url, await plainInit(made), request.idempotent);
        // A hook may have created a Request that follows redirects.
        const platformInit = { ...rest, redirect: "manual" } as const;
        if (fetchOfInstance) return fetchOfInstance(made, platformInit);
        const fetchOfPlatform = platformFetch();
        if (request.idempotent) return fetchOfPlatform(made, platformInit);
        return fetchOfPlatform(made, { ...platformInit, ...(await requestSentOnce(made)) });
      });
    return instance(new URL(url), kyOptions(init, call));
  };
}

type RequestFetch = (request: Request, init: object) => Promise<FetchResponse>;

/** What ky is told: to make the exchange and nothing else, whatever an instance does by default. */
function kyOptions(init: object, fetch: RequestFetch): object {
  return {
    ...init,
    retry: 0,
    throwHttpErrors: false,
    timeout: false,
    searchParams: undefined,
    json: undefined,
    fetch,
  };
}

/** What every request has; the platform's `Request` throws on what it does not know, for example on Workers. */
function fixed(): Pick<FetchInit, "redirect" | "cache" | "credentials"> {
  const known: object = globalThis.Request?.prototype ?? {};
  return {
    redirect: "manual",
    ...("cache" in known ? { cache: "no-store" } : {}),
    ...("credentials" in known ? { credentials: "omit" } : {}),
  };
}

function callFetch(fetch: Fetch | undefined, url: string, init: FetchInit, idempotent: boolean) {
  if (fetch && fetch !== globalThis.fetch) {
    return fetch(url, idempotent ? init : { ...init, ...ownConnection() });
  }
  const once = idempotent ? undefined : sentOnce({ ...init, body: init.body });
  // Without properties that somebody may have added to all objects.
  return platformFetch()(url, { __proto__: null, ...init, ...once } as FetchInit);
}

async function plainInit(made: Request): Promise<FetchInit> {
  const { method, signal } = made;
  // Not every browser has `body`: reading the bytes then returns none.
  const bytes = method === "GET" || made.body === null ? undefined : await made.arrayBuffer();
  const body = bytes && textOf(bytes);
  return { method, headers: Object.fromEntries(made.headers), ...(body && { body }), ...fixed(), signal };
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TransportError("A hook made a body that is not text, which cannot be passed to `fetch`.", {
      sent: false,
    });
  }
}

/** The `fetch` that an instance was created with, which ky shows to whoever extends the instance. */
function ownFetch(instance: KyInstance): RequestFetch | undefined {
  let found: RequestFetch | undefined;
  const { extend } = instance as {
    extend?: (change: (defaults: { fetch?: RequestFetch }) => object) => unknown;
  };
  extend?.((defaults) => {
    found = defaults.fetch;
    return {};
  });
  return found;
}

/** Creates the transport that a client has by default on platforms other than Node. */
export function defaultTransport(): Transport {
  return kyTransport();
}

/** Creates the transport for other servers; whether it goes through a proxy is up to the platform. */
export function directTransport(): Transport {
  return kyTransport();
}
