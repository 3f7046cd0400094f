import { setMaxListeners } from "node:events";
import type http from "node:http";
import type { AgentOptions } from "node:https";
import { defaultMaxResponseSize, type Transport, type TransportRequest } from "../contracts/transport.ts";
import { optionError } from "../errors/make-error.ts";
import { fieldsOf, own } from "../support/call-options.ts";
import { integerFrom } from "../support/check.ts";
import { type ExchangeSettings, exchange, openStream, Targets } from "./node-exchange.ts";
import { abortedFailure, addressFailure } from "./node-failure.ts";
import { Sockets } from "./node-sockets.ts";

/** An agent of `node:http`'s kind: `http.Agent`, `https.Agent`, `HttpsProxyAgent` and their like. */
export interface NodeAgent {
  /** Closes its connections. */
  destroy(): void;
}

/**
 * How a {@link nodeTransport} connects.
 *
 * @example
 * import { Agent } from "node:https";
 * import { nodeTransport } from "@infisical/core/node";
 * const withCertificate = nodeTransport({ cert: "the chain as PEM", key: "the key as PEM", maxResponseSize: 1_000_000 });
 * const withAgent = nodeTransport({ agent: new Agent({ keepAlive: true }) });
 */
export interface NodeTransportOptions {
  /**
   * Opens the connections, for example through a proxy. Their number, whether they are kept alive and how they use TLS
   * is then up to the agent.
   *
   * An agent that keeps connections alive may send a write over one that the server is just closing.
   *
   * @defaultValue the transport's own agent
   */
  readonly agent?: NodeAgent | undefined;
  /**
   * The certificate authorities to trust, in PEM form, instead of those that Node includes.
   *
   * @defaultValue those that Node trusts
   */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /**
   * The client's certificate chain, in PEM form, for servers that ask for one. It needs a `key`.
   *
   * @defaultValue none
   */
  readonly cert?: string | Uint8Array | undefined;
  /**
   * The private key of `cert`, in PEM form.
   *
   * @defaultValue none
   */
  readonly key?: string | Uint8Array | undefined;
  /**
   * The maximum number of connections, idle ones included. Further requests wait for one.
   *
   * @defaultValue 64
   */
  readonly maxSockets?: number | undefined;
  /**
   * The largest response body, in bytes after decompression. A larger one ends the exchange with the code
   * `RESPONSE_TOO_LARGE`.
   *
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxResponseSize?: number | undefined;
}

const pemRule = "must be in PEM form, as a string or a Uint8Array";

const parseFields = fieldsOf({
  "agent?": requireAgent,
  "ca?": requireAuthorities,
  "cert?": requirePem,
  "key?": requirePem,
  "maxSockets?": integerFrom(1),
  "maxResponseSize?": integerFrom(1),
});

function parseNodeTransportOptions(options: NodeTransportOptions): NodeTransportOptions {
  const given = parseFields("", options) as NodeTransportOptions;
  const { agent, ca, cert, key, maxSockets } = given;
  for (const [name, value] of Object.entries({ ca, cert, key, maxSockets })) {
    if (agent !== undefined && value !== undefined) {
      throw optionError(name, "cannot be used together with agent: pass it to the agent");
    }
  }
  if (cert !== undefined && key === undefined) throw optionError("cert", "needs a key");
  if (key !== undefined && cert === undefined) throw optionError("key", "needs a cert");
  return given;
}

function requireAgent(option: string, value: unknown): unknown {
  if (typeof Object(value).destroy === "function") return value;
  throw optionError(option, "must be an agent of node:http or node:https", value);
}

/** The values of these options are never shown: one can be the key. */
function requirePem(option: string, value: unknown): unknown {
  if (isPem(value)) return value;
  throw optionError(option, pemRule);
}

function requireAuthorities(option: string, value: unknown): unknown {
  const authorities: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (authorities.length === 0) throw optionError(option, "must not be empty");
  if (authorities.every(isPem)) return value;
  throw optionError(option, `${pemRule}, or an array of these`);
}

function isPem(value: unknown): boolean {
  // Not by instanceof: Jest has several Uint8Arrays.
  const text = ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
  return typeof text === "string" && text.includes("-----BEGIN ");
}

/**
 * Creates the transport over `node:http` and `node:https`, which is the default on Node.
 *
 * It keeps connections alive and reuses those that have been idle for no longer than 4 seconds, or a second less than
 * the server announces. A request that must not be sent twice always gets a new connection. Idle connections do not
 * keep the process alive. Responses can be compressed with gzip, deflate or br.
 *
 * If Node itself uses the environment's proxy, by `NODE_USE_ENV_PROXY` or `--use-env-proxy`, so does the transport.
 * Otherwise, pass an `agent`.
 *
 * @param options - How to connect.
 * @returns The transport.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks its rule.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { nodeTransport } from "@infisical/core/node";
 * createClient({ transport: nodeTransport({ maxSockets: 8 }) });
 */
export function nodeTransport(options: NodeTransportOptions = {}): Transport {
  return createNodeTransport(parseNodeTransportOptions(options), { proxied: true });
}

/** Creates the transport that a client has by default. */
export function defaultTransport(): Transport {
  return createNodeTransport({}, { proxied: true });
}

/** Creates a transport that never uses a proxy, for servers on the machine's own network, such as metadata servers. */
export function directTransport(): Transport {
  return createNodeTransport({}, { proxied: false });
}

/** Creates a transport that uses the environment's proxy or does not. The options have been checked already. */
function createNodeTransport(
  options: NodeTransportOptions,
  { proxied }: { readonly proxied: boolean },
): Transport {
  const { agent, ca, cert, key, maxSockets = 64, maxResponseSize = defaultMaxResponseSize } = own(options);
  const given = Object.entries({ ca, cert, key }).filter(([, value]) => value !== undefined);
  const tls: AgentOptions = Object.fromEntries(given);
  const sockets = agent ? undefined : new Sockets({ maxSockets, proxied, tls });
  const connections = sockets ?? (agent as http.Agent);
  const targets = new Targets();
  const onRelease = () => sockets?.release();
  let lastSignal: AbortSignal | undefined;

  // Not an async function: its promise around the exchange's would cost as much as everything else here.
  const sendWith = <Result>(
    run: (request: TransportRequest, settings: ExchangeSettings) => Promise<Result>,
    request: TransportRequest,
  ): Promise<Result> => {
    const { signal, url } = request;
    if (signal.aborted) return Promise.reject(abortedFailure(false));
    const target = targets.parse(url);
    if (!target) return Promise.reject(addressFailure());
    // A client creates a signal for every request; other callers' signals can be shared.
    if (signal === lastSignal) allowListeners(signal);
    lastSignal = signal;
    const settings = { target, connections, maxResponseSize, onRelease };
    const reserved = sockets?.reserve(signal);
    return reserved ? reserved.then(() => run(request, settings)) : run(request, settings);
  };
  const send: Transport = (request) => sendWith(exchange, request);
  const stream: Transport["stream"] = (request) => sendWith(openStream, request);
  return Object.assign(send, { maxResponseSize, stream, close: () => sockets?.close() });
}

/** Lets many requests share a signal, which Node would report as a leak. */
function allowListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // Not one of Node's signals, so Node does not count its listeners.
  }
}
