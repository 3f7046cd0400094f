import { InfisicalSDKRequestError } from "../errors/infisical-sdk-request-error.ts";
import type { Fetch, FetchInit } from "../fetch.ts";
import type { ApiResponse } from "../middleware.ts";
import { describeNetworkFailure } from "./network-failure.ts";
import { parseReply } from "./parse-reply.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { withinTime } from "./within-time.ts";

/** Sends a request once. Rejects with a request error, or with the caller's own abort reason. */
export function attempt(request: PreparedRequest, fetch: Fetch, now: () => number): Promise<ApiResponse> {
  const { timeout, signal } = request;
  return withinTime({ timeout, signal, onTimeout: () => timeoutError(request) }, async (attemptSignal) => {
    try {
      const response = await fetch(request.url + request.query, fetchInit(request, attemptSignal));
      return parseReply(request, response, await response.text(), now());
    } catch (error) {
      throw error instanceof InfisicalSDKRequestError ? error : networkError(request, error);
    }
  });
}

function fetchInit({ method, headers, body }: PreparedRequest, signal: AbortSignal): FetchInit {
  const init = { method, headers, redirect: "manual", signal } as const;
  return body === undefined ? init : Object.assign(init, { body });
}

function networkError({ method, url, redact }: PreparedRequest, error: unknown): InfisicalSDKRequestError {
  // The error itself is not chained: it may hold the request, and with it the token.
  const { text, neverSent } = describeNetworkFailure(error);
  const code = neverSent ? "UNREACHABLE" : "CONNECTION_LOST";
  const meaning = neverSent
    ? "No connection to the server"
    : "The connection broke before the reply was complete";
  return new InfisicalSDKRequestError(`${meaning}: ${redact(text)}`, { code, method, url });
}

function timeoutError({ method, url, timeout }: PreparedRequest): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError(`No complete reply within ${timeout} ms.`, {
    code: "TIMEOUT",
    method,
    url,
  });
}
