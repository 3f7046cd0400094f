import type { Transport } from "../contracts/transport.ts";
import { createNodeTransport } from "./node.ts";

/** Makes the transport that a client has by default. */
export function defaultTransport(): Transport {
  return createNodeTransport({}, { proxied: true });
}

/** Makes a transport that never goes through a proxy, for servers of the machine's own, such as metadata servers. */
export function directTransport(): Transport {
  return createNodeTransport({}, { proxied: false });
}
