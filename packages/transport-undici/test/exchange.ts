import type { Transport, TransportRequest, TransportResponse } from "@infisical/core";
import { TransportError } from "@infisical/core";
import { expect } from "vitest";

/** What a token looks like in tests: it must not appear in an error. */
export const token = "st.sentinel-token";

/** Sends a request that carries a token. */
export function send(
  transport: Transport,
  url: string,
  request: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  const { method = "GET", signal = new AbortController().signal } = request;
  const headers = { authorization: `Bearer ${token}`, ...request.headers };
  return transport({ url, method, body: request.body, idempotent: method === "GET", signal, headers });
}

/** The error of an exchange, after checking what every error promises. */
export async function failureOf(pending: Promise<TransportResponse>): Promise<TransportError> {
  const error = await pending.then(
    ({ status }) => Promise.reject(new Error(`It resolves with status ${status}.`)),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportError);
  expect(error).not.toHaveProperty("cause");
  expect(String(error)).not.toContain(token);
  return error as TransportError;
}
