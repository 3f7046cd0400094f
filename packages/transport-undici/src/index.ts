import type { Transport, TransportRequest } from "@infisical/core";
import { fieldsOf, integerFrom, optionError } from "@infisical/core/authoring";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { namesProxy } from "./environment.ts";
import { type ExchangeSettings, exchange, openStream, type Target } from "./exchange.ts";
import { abortedFailure, addressFailure, ProxyConnectionError, proxyAddressFailure } from "./failures.ts";

const mebibyte = 1024 * 1024;

/**
 * The options of {@link undiciTransport}.
 *
 * @example
 * import { undiciTransport } from "@infisical/transport-undici";
 * import { Agent } from "undici";
 * const transport = undiciTransport({ dispatcher: new Agent(), maxResponseSize: 1_000_000 });
 */
export interface UndiciTransportOptions {
  /**
   * The dispatcher that sends the requests: an undici `Agent`, `Pool`, `ProxyAgent`, `MockAgent` or any other, including
   * composed ones. It decides about connections, proxies and certificates. Whatever it does, no write is sent twice.
   *
   * A dispatcher that keeps connections alive can send a write over a connection that the server is just closing.
   *
   * @defaultValue the transport's own connections, through the proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`
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
 * Creates a transport that uses undici's dispatchers.
 *
 * Without a dispatcher, it reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, also in lower case, when it sends the
 * first request. It keeps connections alive, but uses none after more than 4 idle seconds, and sends every request that
 * must not be sent twice over its own connection. Idle connections do not keep the process alive. It accepts responses
 * compressed with gzip, deflate or br.
 *
 * @param options - The dispatcher, and the largest response.
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
  // Only other dispatchers can speak HTTP/2 or retry: mocks and our own do not, and mocks only compare text bodies.
  const isGiven = given !== undefined && !("pendingInterceptors" in given);
  const own = new OwnDispatchers();
  const targets = new Targets();

  // Not async: the additional promise would cost as much as everything else here.
  const sendWith = <Result>(
    run: (request: TransportRequest, settings: ExchangeSettings) => Promise<Result>,
    request: TransportRequest,
  ): Promise<Result> => {
    if (request.signal.aborted) return Promise.reject(abortedFailure(false));
    const target = targets.parse(request.url);
    if (!target) return Promise.reject(addressFailure());
    let dispatcher: Dispatcher;
    try {
      dispatcher = given ?? own.dispatcherFor(request);
    } catch {
      return Promise.reject(proxyAddressFailure());
    }
    return run(request, { dispatcher, target, isGiven, maxResponseSize });
  };
  const send: Transport = (request) => sendWith(exchange, request);
  const stream: Transport["stream"] = (request) => sendWith(openStream, request);
  // The owner of a dispatcher closes it.
  return Object.assign(send, { maxResponseSize, stream, close: () => own.close() });
}

const parseFields = fieldsOf({
  "dispatcher?": (option, value) => {
    if (typeof Object(value).dispatch === "function") return value;
    throw optionError(option, "must be an undici dispatcher, such as an Agent", value);
  },
  "maxResponseSize?": integerFrom(1),
});

function parseOptions(options: UndiciTransportOptions): UndiciTransportOptions {
  return parseFields("", options) as UndiciTransportOptions;
}

/** Matches paths that parsing would not change: no fragment, no dot segment, nothing to encode. */
const plainPath = /^\/(?!.*\/\.)[\w.~!$&'()*+,;=:@/?%-]*$/;

/** Parses addresses, and remembers the last origin because a client talks to one server. */
class Targets {
  #last: Target | undefined;

  /** Parses an address; `undefined` if it is not an HTTP URL. */
  parse(address: string): Target | undefined {
    const last = this.#last;
    if (last && address.startsWith(last.origin)) {
      const path = address.slice(last.origin.length);
      // A path begins with a slash, so the origin is not the prefix of another one.
      if (plainPath.test(path)) return { origin: last.origin, path, secure: last.secure };
    }
    this.#last = parseTarget(address);
    return this.#last;
  }
}

function parseTarget(address: string): Target | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url?.protocol === "https:";
  if (!url || (!secure && url.protocol !== "http:") || url.username || url.password) return undefined;
  return { origin: url.origin, path: `${url.pathname}${url.search}`, secure };
}

/** Servers and their gateways close idle connections; the shortest common limit is 5 s. */
const maxIdleMilliseconds = 4000;

/** The limit for reads and writes each; further requests wait for a connection. */
const maxConnections = 64;

/**
 * Selects the connection of a request if the user passes no dispatcher.
 *
 * Reads use connections that are kept alive. A server can close an idle connection at any moment, and nobody can tell
 * whether it has received what was sent at that moment, so requests that must not be sent twice use a new connection.
 * That costs a handshake and never fails for this reason.
 */
class OwnDispatchers {
  #reads: Dispatcher | undefined;
  #writes: Dispatcher | undefined;
  // Shared, so that a new connection resumes the TLS session of an old one.
  readonly #connect = buildConnector({});

  /** Returns the dispatcher for a request; created on demand because it reads the environment. */
  dispatcherFor({ idempotent }: TransportRequest): Dispatcher {
    if (idempotent) {
      this.#reads ??= this.#create({});
      return this.#reads;
    }
    // With this value, undici uses no connection twice.
    this.#writes ??= this.#create({ pipelining: 0 });
    return this.#writes;
  }

  /** Closes all connections; later requests open new ones. */
  close(): void {
    for (const dispatcher of [this.#reads, this.#writes]) void dispatcher?.destroy();
    this.#reads = undefined;
    this.#writes = undefined;
  }

  #create(options: Agent.Options): Dispatcher {
    const all: Agent.Options = {
      connect: this.#connect,
      connections: maxConnections,
      keepAliveTimeout: maxIdleMilliseconds,
      // A longer time announced by the server does not count.
      keepAliveMaxTimeout: maxIdleMilliseconds,
      ...options,
    };
    // EnvHttpProxyAgent reads the environment for every request, so it is only used with a proxy.
    return namesProxy() ? new EnvHttpProxyAgent({ ...all, clientFactory: createProxyPool }) : new Agent(all);
  }
}

/**
 * Creates the connections to a proxy.
 *
 * If a proxy closes the connection instead of answering, undici retries immediately and forever. An error without the
 * code of a socket error ends this.
 */
function createProxyPool(proxy: URL, options: object): Pool {
  const pool = new Pool(proxy, options);
  const connect = pool.connect.bind(pool);
  pool.connect = (async (tunnel: Dispatcher.ConnectOptions) => {
    try {
      return await connect(tunnel);
    } catch (error) {
      throw (error as { code?: unknown }).code === "UND_ERR_SOCKET" ? new ProxyConnectionError() : error;
    }
  }) as Pool["connect"];
  return pool;
}
