import ky from "ky";
import { defaultMaxResponseSize, type Transport, type TransportRequest } from "../contracts/transport.ts";
import { optionError, readOption } from "../errors/option-error.ts";
import { TransportError } from "../errors/transport-error.ts";
import { own } from "../support/own.ts";
import type { Fetch, FetchInit, FetchResponse } from "./fetch.ts";
import { FetchExchange, type Send } from "./fetch-exchange.ts";
import { ownConnection, requestSentOnce, sentOnce } from "./fetch-once.ts";
import { platformFetch } from "./platform-fetch.ts";

/**
 * An instance of ky: what `ky.create()` and `ky.extend()` of ky 1.14 and later give.
 *
 * @param url - The whole address.
 * @param options - Options of ky.
 * @returns The response, whatever its status.
 */
export type KyInstance = (url: URL, options: object) => Promise<FetchResponse>;

/** What {@link kyTransport} takes. */
export interface KyTransportOptions {
  /**
   * The function that makes the exchange, such as undici's `fetch`, a test server's, or a mock.
   *
   * @defaultValue that of `ky` if it has one, otherwise the platform's
   */
  readonly fetch?: Fetch | undefined;
  /**
   * An instance of ky of your own.
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

/**
 * A transport over ky and `fetch`: the default on every platform but Node.
 *
 * Use it on Node for a `fetch` of your own, or for an instance of ky whose hooks must run.
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
  const given = readOption("options", () => {
    if (typeof options === "object" && options !== null && !Array.isArray(options)) return own(options);
    throw optionError("options", "must be an object", options);
  });
  const { fetch, ky: instance, maxResponseSize = defaultMaxResponseSize } = given;
  if (fetch !== undefined && typeof fetch !== "function") {
    throw optionError("fetch", "must be a function", fetch);
  }
  if (instance !== undefined && typeof instance !== "function") {
    throw optionError("ky", "must be an instance of ky, which is a function", instance);
  }
  if (!Number.isSafeInteger(maxResponseSize) || maxResponseSize < 1) {
    throw optionError("maxResponseSize", "must be a whole number of at least 1", maxResponseSize);
  }
  const send = instance ? throughInstance(instance, fetch) : throughKy(fetch);
  const hasHooks = instance !== undefined;
  return Object.assign(
    (request: TransportRequest) => new FetchExchange(request, hasHooks).run(send, maxResponseSize),
    { maxResponseSize },
  );
}

/** Without hooks, nothing but the client decides what is sent, so ky need not be told and no `Request` taken apart. */
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
    // A fetch of one's own needs nothing of the platform's, which ky does.
    if (typeof Request !== "function") return call();
    return ky(url, kyOptions({ method }, call));
  };
}

/** With hooks, what ky made of the request is sent. */
function throughInstance(instance: KyInstance, fetch: Fetch | undefined): Send {
  const fetchOfInstance = ownFetch(instance);
  return (exchange) => {
    const { request, signal } = exchange;
    const { method, url, headers, body } = request;
    const init = { method, headers, body, ...fixed(), signal };
    const call = (made: Request, rest: object) =>
      exchange.call(async () => {
        if (fetch) return callFetch(fetch, made.url, await plainInit(made), request.idempotent);
        // A hook may have made a Request that follows redirects.
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

/** What every request has; the platform's `Request` throws on what it does not know, as on Workers. */
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
  // Without what somebody may have added to all objects.
  return platformFetch()(url, { __proto__: null, ...init, ...once } as FetchInit);
}

async function plainInit(made: Request): Promise<FetchInit> {
  const { method, signal } = made;
  // Not every browser has `body`: where there is none, nothing comes out.
  const bytes = method === "GET" || made.body === null ? undefined : await made.arrayBuffer();
  const body = bytes && textOf(bytes);
  return { method, headers: Object.fromEntries(made.headers), ...(body && { body }), ...fixed(), signal };
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TransportError("A hook made a body that is not text, which `fetch` is not given.", {
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
