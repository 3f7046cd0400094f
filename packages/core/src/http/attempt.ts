import type { ApiResponse } from "../contracts/middleware.ts";
import { defaultMaxResponseSize, type Transport, type TransportResponse } from "../contracts/transport.ts";
import { isInfisicalError } from "../errors/errors.ts";
import { isTransportError } from "../errors/transport-error.ts";
import type { Clock } from "../support/clock.ts";
import { abortReason, onAbort } from "../support/signal.ts";
import { type Failure, failure } from "./failure.ts";
import type { Places } from "./places.ts";
import type { PreparedRequest } from "./prepare.ts";
import { parseResponse } from "./response.ts";
import { printable } from "./server-text.ts";
import type { ServerTime } from "./server-time.ts";

/** What an attempt needs besides the request. */
export interface AttemptContext {
  readonly transport: Transport;
  readonly places: Places;
  readonly clock: Clock;
  readonly serverTime: ServerTime;
}

/**
 * Sends a request once, through a transport that may be anybody's, as long as its `timeout` and `signal` permit.
 *
 * The wait for a place counts as well. Rejects only with the signal's reason.
 */
export function attempt(request: PreparedRequest, context: AttemptContext): Promise<ApiResponse | Failure> {
  const { timeout, signal } = request;
  const { places } = context;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortReason(signal));
    const limits: Limits = { controller: new AbortController(), isUnderWay: false, isOverdue: false };
    let leavePlace: (() => void) | undefined;
    /** Ends the attempt for its caller, once; a transport that goes on all the same is not waited for. */
    const end = (): void => {
      clearTimeout(timer);
      forget();
      leavePlace?.();
      leavePlace = undefined;
    };
    const forget = onAbort(signal, () => {
      end();
      reject(abortReason(signal as AbortSignal));
      limits.controller.abort();
    });
    const timer = setTimeout(() => {
      limits.isOverdue = true;
      if (!limits.isUnderWay) {
        end();
        return resolve(noPlace(request));
      }
      // The transport's error says whether the request was sent.
      limits.controller.abort();
      setTimeout(() => {
        end();
        resolve(overdue(request, undefined));
      }, 0);
    }, timeout);
    const askedAt = performance.now();
    const start = (): void => {
      // A write that is sent with little time left would often end with nobody knowing what became of it.
      if (!request.idempotent && performance.now() - askedAt > timeout / 2) {
        leavePlace = () => places.release();
        end();
        resolve(noPlace(request));
        return;
      }
      limits.isUnderWay = true;
      leavePlace = () => places.release();
      exchange(request, context, limits).finally(end).then(resolve, reject);
    };
    if (places.take()) start();
    else leavePlace = places.whenFree(start);
  });
}

/** What ends an attempt early. */
interface Limits {
  readonly controller: AbortController;
  /** Whether the request is with the transport. */
  isUnderWay: boolean;
  /** Whether `timeout` is over. */
  isOverdue: boolean;
}

async function exchange(
  request: PreparedRequest,
  { transport, clock, serverTime }: AttemptContext,
  limits: Limits,
): Promise<ApiResponse | Failure> {
  const { method, url, query, headers, body, idempotent } = request;
  const { signal } = limits.controller;
  let response: TransportResponse;
  try {
    response = await transport({ method, url: url + query, headers, body, idempotent, signal });
  } catch (error) {
    if (limits.isOverdue) return overdue(request, error);
    return notSent(request, error) ?? broken(request, error);
  }
  try {
    const size = Object.hasOwn(transport, "maxResponseSize") ? transport.maxResponseSize : undefined;
    if (Object(response?.headers) === response?.headers) serverTime.observe(response.headers);
    return parseResponse(request, response, size ?? defaultMaxResponseSize, clock.now());
  } catch (error) {
    if (isInfisicalError(error)) throw error;
    // What a transport of somebody else's resolves to may fail when it is read.
    const text = "The response cannot be read.";
    return failure(request, { code: "INVALID_RESPONSE", text, repeatable: "none" });
  }
}

function noPlace(request: PreparedRequest): Failure {
  const why = "as many as maxConcurrent permits were under way";
  const text = `The request was not sent in time, which is ${request.timeout} ms: ${why}.`;
  return failure(request, { code: "UNREACHABLE", text, repeatable: "none" });
}

/** The failure of an attempt whose time is over, after what the transport rejected with, if it did. */
function overdue(request: PreparedRequest, error: unknown): Failure {
  const { timeout } = request;
  if (isTransportError(error) && !error.sent) {
    const text = `No connection to the server within ${timeout} ms.`;
    return failure(request, { code: "UNREACHABLE", text, repeatable: "all" });
  }
  const text = `No complete response within ${timeout} ms.`;
  return failure(request, { code: "TIMEOUT", text, repeatable: "idempotent" });
}

/** What another attempt meets again: certificates, and requests or addresses that cannot be sent. */
const lasting = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH|^ERR_(?:TLS|SSL|OSSL|INVALID)_|^EPROTO$|^INVALID_CA/;

function notSent(request: PreparedRequest, error: unknown): Failure | undefined {
  if (!isTransportError(error) || error.sent) return undefined;
  const text = `No connection to the server: ${textOf(request, error)}`;
  const isLasting = error.code !== undefined && lasting.test(error.code);
  return failure(request, { code: "UNREACHABLE", text, repeatable: isLasting ? "none" : "all" });
}

function broken(request: PreparedRequest, error: unknown): Failure {
  const text = textOf(request, error);
  if (isTransportError(error) && error.code === "RESPONSE_TOO_LARGE") {
    return failure(request, {
      code: "INVALID_RESPONSE",
      text: `The response is too large: ${text}`,
      repeatable: "none",
    });
  }
  return failure(request, {
    code: "CONNECTION_LOST",
    text: `The connection broke before the response was complete: ${text}`,
    repeatable: "idempotent",
  });
}

/** The transport's error is not chained: a foreign one may hold the request, and with it the token. */
function textOf({ redact }: PreparedRequest, error: unknown): string {
  const message = messageOf(error);
  const shown = typeof message === "string" && message !== "" ? message : "the exchange failed";
  // A proxy's address can hold its password.
  return printable(shown, redact).replaceAll(/\/\/[^/\s]*@/g, "//***@");
}

/** Anything can be thrown, also what cannot be read. */
function messageOf(error: unknown): unknown {
  try {
    return (Object(error) as { message?: unknown }).message;
  } catch {
    return undefined;
  }
}
