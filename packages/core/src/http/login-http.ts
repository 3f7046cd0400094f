import type { HttpClient, HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import { onAbort } from "../support/wait.ts";
import type { RetryLimits } from "./retry.ts";
import type { HeldSecrets } from "./secrets.ts";
import { type Route, type Send, toHttpClient } from "./send.ts";

/** A login survives a bad moment or two, but not an outage: whoever waits for it has waited long enough by then. */
const mostRepeats = 2;

/**
 * Creates the HTTP client for logins, renewals and revocations: without a token.
 *
 * Most can be repeated: at worst, the server issues a token that nobody uses. The waits between attempts are short,
 * since a whole login has to fit into the client's `timeout`. A request without a response after half of it is sent a
 * second time while the first continues, which may be slow or lost.
 */
export function loginHttp(
  send: Send,
  { timeout, retry }: { readonly timeout: number; readonly retry: RetryLimits | undefined },
  heldSecrets: HeldSecrets,
  route?: Route,
): HttpClient {
  const limits = retry && {
    ...retry,
    limit: Math.min(retry.limit, mostRepeats),
    maxDelay: Math.min(retry.maxDelay, timeout / 4),
  };
  const isRepeated = limits !== undefined && limits.limit > 0;
  return toHttpClient(async (request) => {
    heldSecrets.holdLogin(request.body);
    const { idempotent = true } = request;
    const sent = { operation: "auth.login", ...request, idempotent };
    const isWhole = isRepeated && request.timeout === undefined;
    // A request with its own time limit, such as a renewal that a login can follow, gets one attempt within that.
    const ownLimits = isWhole ? limits : limits && { ...limits, limit: 0 };
    // Async, since a closed client throws at once: nothing is to be thrown by a timer.
    const sendOne = async (signal: AbortSignal | undefined): Promise<ApiResponse> =>
      send({ ...sent, signal }, undefined, ownLimits, route);
    const isTwice = isWhole && idempotent;
    const response = await (isTwice ? firstOfTwo(request, timeout / 2, sendOne) : sendOne(request.signal));
    heldSecrets.holdLogin(response.body);
    return response;
  });
}

/** Sends a request once more if it has no outcome after a delay; the first success counts, or the last failure. */
function firstOfTwo(
  { signal }: HttpRequest,
  delay: number,
  sendOne: (signal: AbortSignal) => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const controller = new AbortController();
  const forget = onAbort(signal, () => controller.abort(signal?.reason));
  return new Promise<ApiResponse>((resolve, reject) => {
    let inFlight = 1;
    const settle = (sent: Promise<ApiResponse>): void => {
      sent.then(resolve, (error: unknown) => {
        inFlight -= 1;
        if (inFlight === 0) reject(error);
      });
    };
    const timer = setTimeout(() => {
      inFlight += 1;
      settle(sendOne(controller.signal));
    }, delay);
    const first = sendOne(controller.signal);
    settle(first);
    const stop = (): void => clearTimeout(timer);
    first.then(stop, stop);
  }).finally(() => {
    forget();
    controller.abort();
  });
}
