import type {
  Transport,
  TransportRequest,
  TransportResponse,
  TransportStream,
} from "../../src/contracts/transport.ts";

/** Sends a request; a read by default. */
export function send(
  transport: Transport,
  url: string,
  changes: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  const { signal } = new AbortController();
  return transport({ method: "GET", url, headers: {}, idempotent: true, signal, ...changes });
}

/** Sends a request that must not be sent twice. */
export function sendWrite(
  transport: Transport,
  url: string,
  changes: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  return send(transport, url, { method: "POST", body: "{}", idempotent: false, ...changes });
}

/** Opens a stream. */
export async function open(
  transport: Transport,
  url: string,
  changes: Partial<TransportRequest> = {},
): Promise<TransportStream> {
  if (transport.stream === undefined) throw new Error("The transport has no streams");
  const { signal } = new AbortController();
  return transport.stream({ method: "GET", url, headers: {}, idempotent: true, signal, ...changes });
}
