import type { ResponseHeaders, TransportResponse } from "../contracts/transport.ts";
import { type Failure, failure, passingStatuses } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";
import { retryAfter } from "./retry-after.ts";

/** The names of Infisical's errors, by which one is known that does not state its status; older servers' labels do. */
const ownErrors: readonly unknown[] = [
  "BadRequest",
  "Conflict",
  "ForbiddenError",
  "GatewayTimeoutError",
  "InternalServerError",
  "NotFound",
  "PermissionDenied",
  "PolicyViolationError",
  "RateLimitExceeded",
  "TokenError",
  "UnauthorizedError",
  "ValidationFailure",
];

/**
 * The fields of an error that Infisical itself sends; `undefined` for everything else that may come back.
 *
 * @param text - The response's body.
 * @param status - The response's status, which such an error repeats.
 */
export function parseInfisicalError(text: string, status: number): Record<string, unknown> | undefined {
  const body = parseObject(text);
  const { message, reqId, statusCode, error } = body ?? {};
  if (message === undefined || (typeof message === "string" && noSuchRoute.test(message))) return undefined;
  const isOwn =
    typeof reqId === "string" ||
    (statusCode === status && typeof error === "string") ||
    ownErrors.includes(error);
  return isOwn ? body : undefined;
}

/** How a server says that it has no such route: an older one, or another program that is made with the same parts. */
const noSuchRoute = /^Route [A-Z]+:\S* not found$/;

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The failure of a request that something else than Infisical answered. */
export function gatewayFailure(request: PreparedRequest, response: TransportResponse, now: number): Failure {
  const { status, headers, body } = response;
  const isCut = isJson(headers) && body !== "" && parseObject(body) === undefined;
  const text = isCut
    ? `The response is not complete JSON (${body.length} characters of it): something on the way may have cut it.`
    : request.redact(
        `${senderOf(headers)} answered in place of Infisical (${typeOf(headers)}). ${adviceFor(status, body)}`,
      );
  return failure(request, {
    code: "GATEWAY_ERROR",
    text,
    statusCode: status,
    wait: retryAfter(headers, now),
    repeatable: isCut || isPassing(status) ? "idempotent" : "none",
  });
}

/** A 500 of Infisical's own says that it failed; one of a gateway's, that it did not reach it. */
function isPassing(status: number): boolean {
  return status === 500 || passingStatuses.has(status);
}

/** Who says of itself that it answered. */
function senderOf(headers: ResponseHeaders): string {
  const named = headers["server"] ?? headers["via"]?.replace(/^[\d.]+ /, "");
  const name = /^[\w.-]+/.exec(named ?? "")?.[0].slice(0, 40);
  return name === undefined ? "Something" : `A server that calls itself "${name}"`;
}

function typeOf(headers: ResponseHeaders): string {
  const type = /^[\w.+/-]+/.exec(headers["content-type"] ?? "")?.[0].slice(0, 60);
  return type ?? "no content type";
}

function isJson(headers: ResponseHeaders): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(headers["content-type"] ?? "");
}

function adviceFor(status: number, body: string): string {
  if (status === 404 && body.includes('"Route ')) {
    return "It has no such route: is siteUrl the address of Infisical, and the server new enough for this call?";
  }
  if (status === 407) return "The proxy asks for credentials: put them into its address.";
  if (status === 401 || status === 403) {
    return "A gateway or firewall blocks the request: check its rules, and pass what it asks for in `headers`.";
  }
  if (status === 413 || status === 414) return "The request is too large for it.";
  if (isPassing(status)) return "Infisical may be down or overloaded: check what stands in front of it.";
  return "Is siteUrl the address of Infisical, with its path prefix if it has one? A login page of the network or a firewall can answer too.";
}
