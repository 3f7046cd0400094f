import { type HttpResponse, normalizeHeaders } from "../http/http-response.ts";
import type { RateLimitFailure, RedirectFailure, StatusFailure } from "./failure.ts";

const json = "application/json; charset=utf-8";

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

/** The response of a failure with a status. */
export function statusResponse({ status, headers, body }: StatusFailure, requestId: string): HttpResponse {
  const content = body === undefined ? defaultBody(status, requestId) : body;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const type = typeof content === "string" ? "text/plain; charset=utf-8" : json;
  return { status, headers: { "content-type": type, ...normalizeHeaders(headers ?? {}) }, body: text };
}

/** The response of a server whose rate limit is exceeded. */
export function rateLimitResponse(
  { rateLimit }: RateLimitFailure,
  now: number,
  requestId: string,
): HttpResponse {
  const { retryAfter = 60, header = true, message = true, legacy = false } = rateLimit;
  const seconds =
    typeof retryAfter === "number"
      ? retryAfter
      : Math.max(0, Math.ceil((Date.parse(retryAfter) - now) / 1000));
  const headers: Record<string, string> = { "content-type": json };
  if (header) {
    headers["retry-after"] = String(retryAfter);
    headers["x-ratelimit-limit"] = "60";
    headers["x-ratelimit-remaining"] = "0";
    headers["x-ratelimit-reset"] = String(seconds);
  }
  const body = legacy
    ? { statusCode: 500, message: "Something went wrong", error: "InternalServerError" }
    : {
        reqId: requestId,
        statusCode: 429,
        message: message
          ? `Rate limit exceeded. Please try again in ${seconds} seconds`
          : "Rate limit exceeded.",
        error: "RateLimitExceeded",
      };
  return { status: legacy ? 500 : 429, headers, body: JSON.stringify(body) };
}

export function redirectResponse({ redirect, status = 302 }: RedirectFailure): HttpResponse {
  return { status, headers: { location: redirect }, body: "" };
}

/** The page of a proxy without a server behind it, with the wrong status. */
export function garbageResponse(): HttpResponse {
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html><html><body><h1>It works!</h1></body></html>",
  };
}

function defaultBody(status: number, reqId: string): unknown {
  return {
    reqId,
    statusCode: status,
    message: "Something went wrong",
    error: labels[status] ?? "InternalServerError",
  };
}
