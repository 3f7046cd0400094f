import { setMaxListeners } from "node:events";
import type http from "node:http";
import type { AgentOptions } from "node:https";
import { defaultMaxResponseSize, type Transport } from "../contracts/transport.ts";
import { readOption } from "../errors/option-error.ts";
import { own } from "../support/own.ts";
import { exchange } from "./node-exchange.ts";
import { abortedFailure, addressFailure } from "./node-failure.ts";
import { type NodeTransportOptions, parseNodeTransportOptions } from "./node-options.ts";
import { Sockets } from "./node-sockets.ts";
import { Targets } from "./node-target.ts";

/**
 * Makes the transport over `node:http` and `node:https`, which is the default on Node.
 *
 * It keeps connections alive and uses one again while it has been idle for no longer than 4 seconds, or a second
 * less than the server announces. A request that must not be sent twice always gets a connection of its own. Idle
 * connections do not keep the process alive. Responses may come compressed by gzip, deflate or br.
 *
 * Where Node itself was told to use the environment's proxy, by `NODE_USE_ENV_PROXY` or `--use-env-proxy`, so does
 * the transport. Elsewhere, an `agent` does.
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
  const given = readOption("options", () => parseNodeTransportOptions(options));
  return createNodeTransport(given, { proxied: true });
}

/** Makes a transport that can be kept from using the environment's proxy. The options are checked already. */
export function createNodeTransport(
  options: NodeTransportOptions,
  { proxied }: { readonly proxied: boolean },
): Transport {
  const { agent, ca, cert, key, maxSockets = 64, maxResponseSize = defaultMaxResponseSize } = own(options);
  const given = Object.entries({ ca, cert, key }).filter(([, value]) => value !== undefined);
  const tls: AgentOptions = Object.fromEntries(given);
  const sockets = agent ? undefined : new Sockets({ maxSockets, proxied, tls });
  const connections = sockets ?? (agent as http.Agent);
  const targets = new Targets();
  const onRelease = () => sockets?.places.release();
  let lastSignal: AbortSignal | undefined;

  // No async function: its promise around the exchange's would cost as much as all else here.
  const send: Transport = (request) => {
    const { signal, url } = request;
    if (signal.aborted) return Promise.reject(abortedFailure(false));
    const target = targets.parse(url);
    if (!target) return Promise.reject(addressFailure());
    // A client makes a signal for every request; those of others can be shared.
    if (signal === lastSignal) allowListeners(signal);
    lastSignal = signal;
    const settings = { target, connections, maxResponseSize, onRelease };
    const place = sockets?.places.claim(signal);
    return place ? place.then(() => exchange(request, settings)) : exchange(request, settings);
  };
  return Object.assign(send, { maxResponseSize, close: () => sockets?.close() });
}

/** Lets many requests share a signal, which Node would take for a leak. */
function allowListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // Not one of Node's signals, so Node does not count its listeners.
  }
}
