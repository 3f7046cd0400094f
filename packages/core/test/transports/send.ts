import type { Transport, TransportRequest, TransportResponse } from "../../src/contracts/transport.ts";

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
