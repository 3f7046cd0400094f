import type { Transport } from "@infisical/core";
import { fieldsOf, integerFrom, optionError } from "@infisical/core/authoring";
import type { Dispatcher } from "undici";
import { exchange } from "./exchange.ts";
import { abortedFailure, addressFailure, proxyAddressFailure } from "./failures.ts";
import { OwnDispatchers } from "./own-dispatchers.ts";
import { Targets } from "./target.ts";

const mebibyte = 1024 * 1024;

/** The options of {@link undiciTransport}. */
export interface UndiciTransportOptions {
  /**
   * What sends the requests: an undici `Agent`, `Pool`, `ProxyAgent`, `MockAgent` or any other dispatcher, composed
   * ones included. Which connection a request gets, which proxy and which certificates are then up to it. Whatever it
   * does, no write is sent a second time.
   *
   * A dispatcher that keeps connections alive may send a write over one that the server is just closing.
   *
   * @defaultValue connections of the transport's own, through the proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`
   */
  readonly dispatcher?: Dispatcher | undefined;
  /**
   * The largest response body, in bytes after decompression. A larger one ends the exchange with the code
   * `RESPONSE_TOO_LARGE`.
   *
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxResponseSize?: number | undefined;
}

/**
 * Makes a transport over undici's dispatchers.
 *
 * Without a dispatcher it reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, also in lower case, when it sends the
 * first request. It then keeps connections alive, uses none that has been idle for more than 4 seconds, and gives
 * every request that must not be sent twice a connection of its own. Idle connections do not keep the process alive.
 * Responses may come compressed by gzip, deflate or br.
 *
 * @param options - What sends the requests, and how large a response may be.
 * @returns The transport.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks its rule.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { undiciTransport } from "@infisical/transport-undici";
 * import { ProxyAgent } from "undici";
 * createClient({ transport: undiciTransport() });
 * createClient({ transport: undiciTransport({ dispatcher: new ProxyAgent("http://proxy.internal:3128") }) });
 */
export function undiciTransport(options: UndiciTransportOptions = {}): Transport {
  const { dispatcher: given, maxResponseSize = 64 * mebibyte } = parseOptions(options);
  // Mocks compare a body only while it is a text, and neither speak HTTP/2 nor retry; nor do our own dispatchers.
  const isGiven = given !== undefined && !("pendingInterceptors" in given);
  const own = new OwnDispatchers();
  const targets = new Targets();

  // No async function: its promise around the exchange's would cost as much as all else here.
  const send: Transport = (request) => {
    if (request.signal.aborted) return Promise.reject(abortedFailure(false));
    const target = targets.parse(request.url);
    if (!target) return Promise.reject(addressFailure());
    let dispatcher: Dispatcher;
    try {
      dispatcher = given ?? own.dispatcherFor(request);
    } catch {
      return Promise.reject(proxyAddressFailure());
    }
    return exchange(request, { dispatcher, target, isGiven, maxResponseSize });
  };
  // A dispatcher that was given is its owner's to close.
  return Object.assign(send, { maxResponseSize, close: () => own.close() });
}

const parseFields = fieldsOf({
  "dispatcher?": (option, value) => {
    if (typeof Object(value).dispatch === "function") return value;
    throw optionError(option, "must be a dispatcher of undici, such as an Agent", value);
  },
  "maxResponseSize?": integerFrom(1),
});

function parseOptions(options: UndiciTransportOptions): UndiciTransportOptions {
  return parseFields("", options) as UndiciTransportOptions;
}
