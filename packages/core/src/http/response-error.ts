import type { ResponseHeaders } from "../contracts/transport.ts";
import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import type { PreparedRequest } from "./prepare.ts";
import { retryAfter } from "./retry.ts";

/** A 4xx or 5xx response, with what is needed to explain it. */
export interface Refusal {
  readonly request: PreparedRequest;
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly text: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly now: number;
}

/** The error for a 4xx or 5xx response. */
export function responseError({ request, status, headers, text, now }: Refusal): InfisicalSDKRequestError {
  const { method, url, redact } = request;
  const body = parseObject(text);
  const message = redact(readableMessage(body, headers));
  const wait = retryAfter(headers, message, now);
  return new InfisicalSDKRequestError(message, {
    code: codeOf(status, body, headers),
    method,
    url,
    statusCode: status,
    requestId: typeof body["reqId"] === "string" ? redact(body["reqId"]) : undefined,
    details: redact(Array.isArray(body["message"]) ? body["message"] : body["details"]),
    retryAfter: wait === undefined ? undefined : wait / 1000,
  });
}

const codes: Readonly<Record<number, InfisicalErrorCode>> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  408: "TIMEOUT",
  409: "CONFLICT",
  422: "VALIDATION_FAILED",
  429: "RATE_LIMITED",
};

function codeOf(status: number, body: Record<string, unknown>, headers: ResponseHeaders): InfisicalErrorCode {
  if (status === 500 && "retry-after" in headers) return "RATE_LIMITED";
  if (body["error"] === "ValidationFailure") return "VALIDATION_FAILED";
  // An expired or malformed token is a 403 on current servers, where others answer 401.
  if (body["error"] === "TokenError") return "UNAUTHORIZED";
  return codes[status] ?? (status >= 500 ? "SERVER_ERROR" : "BAD_REQUEST");
}

function readableMessage(body: Record<string, unknown>, headers: ResponseHeaders): string {
  const { message } = body;
  if (typeof message === "string" && message !== "") return message;
  if (Array.isArray(message) && message.length > 0) return message.map(readableIssue).join("; ");
  const type = headers["content-type"]?.split(";")[0] ?? "none";
  return `The server gave no error message (content-type ${type}).`;
}

function readableIssue(issue: unknown): string {
  if (typeof issue !== "object" || issue === null) return String(issue);
  const { path, message } = issue as { path?: unknown; message?: unknown };
  const where = Array.isArray(path) && path.length > 0 ? `${path.join(".")}: ` : "";
  return where + (typeof message === "string" ? message : "is invalid");
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
