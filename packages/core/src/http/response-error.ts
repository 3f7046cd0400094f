import type { TransportResponse } from "../contracts/transport.ts";
import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import { Failure, passingStatuses, type Repeatable } from "./failure.ts";
import { gatewayFailure, parseInfisicalError } from "./gateway.ts";
import type { PreparedRequest } from "./prepare.ts";
import { retryAfter } from "./retry-after.ts";
import { parseRuleViolations, ruleViolation } from "./rule-violations.ts";
import { printable, shownDetails } from "./server-text.ts";

/** The failure that a 4xx or 5xx response means. */
export function responseFailure(request: PreparedRequest, response: TransportResponse, now: number): Failure {
  const { status, headers } = response;
  const body = parseInfisicalError(response.body, status);
  if (body === undefined) return gatewayFailure(request, response, now);
  const { method, url, redact } = request;
  const message = readableMessage(body["message"]);
  const code = codeOf(status, body, message);
  const wait = retryAfter(headers, now, message);
  const details =
    code === "SECRET_RULE_VIOLATED" ? parseRuleViolations(message) : (issuesOf(body) ?? body["details"]);
  const error = new InfisicalSDKRequestError(printable(message, redact), {
    code,
    method,
    url,
    statusCode: status,
    requestId: requestIdOf(body, redact),
    details: shownDetails(details, redact),
    retryAfter: wait === undefined ? undefined : wait / 1000,
  });
  return new Failure(error, repeatable(code, status, wait), code === "RATE_LIMITED");
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

/** All that a server says whose rate limit is used up. More than that may be said after the work. */
const rateLimitOnly = /^rate limit exceeded(?:[.,] (?:please )?(?:re)?try (?:again )?in [\w. ]{1,30})?\.?$/i;

function codeOf(status: number, { error }: Record<string, unknown>, message: string): InfisicalErrorCode {
  // Older servers answer so; the header alone may be a gateway's, after the request has been carried out.
  if (status === 500 && rateLimitOnly.test(message)) return "RATE_LIMITED";
  if (status === 400 && ruleViolation.test(message)) return "SECRET_RULE_VIOLATED";
  if (error === "ValidationFailure") return "VALIDATION_FAILED";
  // An expired or malformed token is a 403 on current servers, where others answer 401.
  if (error === "TokenError") return "UNAUTHORIZED";
  return codes[status] ?? (status >= 500 ? "SERVER_ERROR" : "BAD_REQUEST");
}

function repeatable(code: InfisicalErrorCode, status: number, wait: number | undefined): Repeatable {
  if (code === "RATE_LIMITED") return "all";
  const asksToWait = status >= 500 && wait !== undefined;
  return passingStatuses.has(status) || asksToWait ? "idempotent" : "none";
}

function readableMessage(message: unknown): string {
  if (typeof message === "string" && message !== "") return message;
  if (Array.isArray(message) && message.length > 0)
    return message.slice(0, 100).map(readableIssue).join("; ");
  return "The server gave no error message.";
}

function readableIssue(issue: unknown): string {
  if (typeof issue !== "object" || issue === null) return String(issue).slice(0, 2000);
  const { path, message } = issue as { path?: unknown; message?: unknown };
  const names = Array.isArray(path) ? path.filter((name) => Object(name) !== name) : [];
  const where = names.length > 0 ? `${names.join(".")}: ` : "";
  return where + (typeof message === "string" ? message : "is invalid");
}

function issuesOf({ message }: Record<string, unknown>): unknown[] | undefined {
  return Array.isArray(message) ? message : undefined;
}

function requestIdOf(
  { reqId }: Record<string, unknown>,
  redact: (text: string) => string,
): string | undefined {
  return typeof reqId === "string" && /^[\w.:-]{1,100}$/.test(reqId) ? redact(reqId) : undefined;
}
