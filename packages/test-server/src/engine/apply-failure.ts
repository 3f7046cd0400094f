import { asSent, type HttpResponse, normalizeHeaders } from "../api/http.ts";
import { byteLength, firstHalf } from "./bytes.ts";
import type { TestClock } from "./clock.ts";
import type { DropFailure, Failure, RateLimitFailure, RefuseFailure, StatusFailure } from "./failure.ts";

/** How a request is answered, whatever the transport. */
export type Delivery =
  | { readonly kind: "response"; readonly response: HttpResponse }
  /** The connection breaks without a response. */
  | { readonly kind: "disconnect"; readonly code: "ECONNRESET" | "ECONNREFUSED" }
  /** Nothing is sent, or only the headers and half of the body. */
  | { readonly kind: "stall"; readonly response: HttpResponse | undefined }
  /** Headers with the full length and half of the body are sent, then the connection breaks. */
  | { readonly kind: "cut"; readonly response: HttpResponse };

/** What a failure needs to know about the request. */
export interface FailingRequest {
  readonly clock: TestClock;
  readonly requestId: string;
  readonly method: string;
  /** Does the work and returns the normal response. */
  readonly answer: () => Promise<HttpResponse>;
  /** Ends a delay when the client has disconnected. */
  readonly signal: () => AbortSignal | undefined;
}

/** Makes a request fail as ordered. */
export async function applyFailure(failure: Failure, request: FailingRequest): Promise<Delivery> {
  if ("drop" in failure) {
    if (failure.drop === "after") (await request.answer()).stream?.end();
    return { kind: "disconnect", code: "ECONNRESET" };
  }
  if ("refuse" in failure) return { kind: "disconnect", code: "ECONNREFUSED" };
  if ("stall" in failure && failure.stall === "headers") return { kind: "stall", response: undefined };
  const response = await failedResponse(failure, request);
  if (response.stream) {
    if ("stall" in failure) response.stream.interrupt("stall");
    if ("truncate" in failure) {
      response.stream.interrupt(failure.truncate === "connection" ? "connection" : "body");
    }
    return { kind: "response", response };
  }
  // A response without a body, such as a 304, is complete with its headers and cannot be halved.
  if (response.body === "") return { kind: "response", response };
  if ("stall" in failure) return { kind: "stall", response };
  if (!("truncate" in failure)) return { kind: "response", response };
  if (failure.truncate === "connection") return { kind: "cut", response };
  const body = firstHalf(response.body);
  const headers = { ...response.headers, "content-length": String(byteLength(body)) };
  return { kind: "response", response: { ...response, headers, body } };
}

/** The complete response that a failure sends, or starts to send. */
async function failedResponse(
  failure: Exclude<Failure, DropFailure | RefuseFailure>,
  { clock, requestId, method, answer, signal }: FailingRequest,
): Promise<HttpResponse> {
  if ("stall" in failure || "truncate" in failure) return answer();
  if ("delay" in failure) {
    await clock.sleep(failure.delay, signal());
    return answer();
  }
  const now = clock.now();
  if ("redirect" in failure) {
    const { status = 302, redirect } = failure;
    return asSent({ status, headers: { location: redirect }, body: "" }, method, now);
  }
  if ("garbage" in failure) return asSent(proxyPage, method, now);
  if ("rateLimit" in failure) return asSent(rateLimitResponse(failure, now, requestId), method, now);
  return asSent(statusResponse(failure, requestId), method, now);
}

const json = "application/json; charset=utf-8";

/** The page of a proxy without a server behind it, with the wrong status. */
const proxyPage: HttpResponse = {
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><html><body><h1>It works!</h1></body></html>",
};

/** The server's error labels, by status. */
const labels: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "UnauthorizedError",
  403: "PermissionDenied",
  404: "NotFound",
  409: "Conflict",
  422: "ValidationFailure",
  429: "RateLimitExceeded",
  504: "GatewayTimeoutError",
};

function statusResponse(failure: StatusFailure, reqId: string): HttpResponse {
  const { status, headers = {}, body = errorBody(status, "Something went wrong", reqId) } = failure;
  const isText = typeof body === "string";
  const type = isText ? "text/plain; charset=utf-8" : json;
  return {
    status,
    headers: { "content-type": type, ...normalizeHeaders(headers) },
    body: isText ? body : JSON.stringify(body),
  };
}

/** The response of a server whose rate limit is exceeded. */
function rateLimitResponse({ rateLimit }: RateLimitFailure, now: number, reqId: string): HttpResponse {
  const { retryAfter = 60, header = true, message = true, legacy = false } = rateLimit;
  const seconds =
    typeof retryAfter === "number"
      ? retryAfter
      : Math.max(0, Math.ceil((Date.parse(retryAfter) - now) / 1000));
  const limits = {
    "retry-after": String(retryAfter),
    "x-ratelimit-limit": "60",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(seconds),
  };
  const hint = message
    ? `Rate limit exceeded. Please try again in ${seconds} seconds`
    : "Rate limit exceeded.";
  const status = legacy ? 500 : 429;
  const body = legacy ? errorBody(status, "Something went wrong") : errorBody(status, hint, reqId);
  return {
    status,
    headers: { "content-type": json, ...(header && limits) },
    body: JSON.stringify(body),
  };
}

function errorBody(statusCode: number, message: string, reqId?: string): object {
  return { reqId, statusCode, message, error: labels[statusCode] ?? "InternalServerError" };
}
