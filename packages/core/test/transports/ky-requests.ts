import type { TransportRequest } from "../../src/contracts/transport.ts";

/** A token that no text may hold. */
export const token = "Bearer st.hush-hush-0123456789";

/** A request like those of a client. */
export function requestTo(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  const headers = { authorization: token, "content-type": "application/json" };
  return { method: "GET", url, headers, idempotent: true, signal: new AbortController().signal, ...changes };
}

/** A request that must not be sent twice. */
export function writeTo(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return requestTo(url, {
    method: "POST",
    body: '{"clientSecret":"whispered"}',
    idempotent: false,
    ...changes,
  });
}
