import type { ApiResponse } from "../contracts/middleware.ts";
import { defaultMaxResponseSize, type Transport, type TransportResponse } from "../contracts/transport.ts";
import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import { isTransportError } from "../errors/transport-error.ts";
import type { PreparedRequest } from "./prepare.ts";
import { parseResponse } from "./response.ts";

/** Sends a request once, through a transport that may be anybody's. */
export function attempt(
  request: PreparedRequest,
  transport: Transport,
  now: () => number,
): Promise<ApiResponse> {
  return withinLimits(request, async (limits) => {
    const { method, url, query, headers, body, readOnly } = request;
    const { signal } = limits;
    let response: TransportResponse;
    try {
      response = await transport({ method, url: url + query, headers, body, idempotent: readOnly, signal });
    } catch (error) {
      throw limits.isOverdue ? overdueError(request, error) : networkError(request, error);
    }
    return parseResponse(request, response, transport.maxResponseSize ?? defaultMaxResponseSize, now());
  });
}

/** What ends an attempt early. */
interface Limits {
  readonly signal: AbortSignal;
  /** Whether `timeout` is over. */
  isOverdue: boolean;
}

/**
 * Runs an exchange as long as the request's `timeout` and `signal` permit.
 *
 * Once the time is over, the transport says whether the request was sent, by the error that the abort makes it reject
 * with; a transport that ignores its signal is not waited for.
 */
function withinLimits<Result>(
  request: PreparedRequest,
  exchange: (limits: Limits) => Promise<Result>,
): Promise<Result> {
  const { timeout, signal } = request;
  return new Promise<Result>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const limits: Limits = { signal: controller.signal, isOverdue: false };
    const abort = (): void => {
      reject(signal?.reason);
      controller.abort();
    };
    signal?.addEventListener("abort", abort, { once: true });
    const timer = setTimeout(() => {
      limits.isOverdue = true;
      controller.abort();
      setTimeout(() => reject(overdueError(request, undefined)), 0);
    }, timeout);
    exchange(limits)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      })
      .then(resolve, reject);
  });
}

/** The error of an attempt whose time is over, after what the transport rejected with, if it did. */
function overdueError(request: PreparedRequest, error: unknown): InfisicalSDKRequestError {
  const { timeout } = request;
  return isTransportError(error) && !error.sent
    ? failure(request, "UNREACHABLE", `No connection to the server within ${timeout} ms.`)
    : failure(request, "TIMEOUT", `No complete response within ${timeout} ms.`);
}

function networkError(request: PreparedRequest, error: unknown): InfisicalSDKRequestError {
  const { message } = Object(error) as { message?: unknown };
  const shown = typeof message === "string" && message !== "" ? message : "the exchange failed";
  // A proxy's address can hold its password.
  const text = request.redact(shown).replaceAll(/\/\/[^/\s]*@/g, "//***@");
  if (isTransportError(error)) {
    if (!error.sent) return failure(request, "UNREACHABLE", `No connection to the server: ${text}`);
    if (error.code === "RESPONSE_TOO_LARGE")
      return failure(request, "INVALID_RESPONSE", `The response is too large: ${text}`);
  }
  return failure(
    request,
    "CONNECTION_LOST",
    `The connection broke before the response was complete: ${text}`,
  );
}

/** The transport's error is not chained: a foreign one may hold the request, and with it the token. */
function failure(
  { method, url }: PreparedRequest,
  code: InfisicalErrorCode,
  text: string,
): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError(text, { code, method, url });
}
