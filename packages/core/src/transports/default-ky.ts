import type { Transport } from "../contracts/transport.ts";
import { kyTransport } from "./ky.ts";

/** Makes the transport of a client that was given none, on platforms other than Node. */
export function defaultTransport(): Transport {
  return kyTransport();
}

/** Makes a transport that never goes through a proxy; here, that is the platform's business. */
export function directTransport(): Transport {
  return kyTransport();
}
