import type { HttpClient, HttpRequest } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import { onAbort } from "../support/signal.ts";
import type { HeldSecrets } from "./held-secrets.ts";
import type { RetryLimits } from "./retry.ts";
import { type Send, toHttpClient } from "./send.ts";

/** A login survives one bad moment or two, but no outage: whoever waits for it has waited long enough then. */
const mostRepeats = 2;

/**
 * Makes the client that logins, renewals and revocations use: without a token.
 *
 * They may be repeated: at worst, a token is made that nobody uses. The waits between attempts are short, since all of
 * a login has to fit into the client's `timeout`. What has no response after half of it is sent a second time while the
 * first goes on: it may be slow, or lost.
 */
export function loginHttp(
  send: Send,
  { timeout, retry }: { readonly timeout: number; readonly retry: RetryLimits | undefined },
  heldSecrets: HeldSecrets,
): HttpClient {
  const limits = retry && {
    ...retry,
    limit: Math.min(retry.limit, mostRepeats),
    maxDelay: Math.min(retry.maxDelay, timeout / 4),
  };
  const isRepeated = limits !== undefined && limits.limit > 0;
  return toHttpClient(async (request) => {
    heldSecrets.holdLogin(request.body);
    const repeatable = { ...request, idempotent: true };
    const isWhole = isRepeated && request.timeout === undefined;
    // What has a time limit of its own, as a renewal with a login behind it, gets one attempt within that.
    const ownLimits = isWhole ? limits : limits && { ...limits, limit: 0 };
    const sendOne = (signal: AbortSignal | undefined): Promise<ApiResponse> =>
      send({ ...repeatable, signal }, undefined, ownLimits);
    const response = await (isWhole ? firstOfTwo(request, timeout / 2, sendOne) : sendOne(request.signal));
    heldSecrets.holdLogin(response.body);
    return response;
  });
}

/** Sends once more what has no outcome yet after a delay; the first outcome counts, a failure only if it is the last. */
function firstOfTwo(
  { signal }: HttpRequest,
  delay: number,
  sendOne: (signal: AbortSignal) => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const controller = new AbortController();
  const forget = onAbort(signal, () => controller.abort(signal?.reason));
  return new Promise<ApiResponse>((resolve, reject) => {
    let underWay = 1;
    const settle = (sent: Promise<ApiResponse>): void => {
      sent.then(resolve, (error: unknown) => {
        underWay -= 1;
        if (underWay === 0) reject(error);
      });
    };
    const timer = setTimeout(() => {
      underWay += 1;
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
