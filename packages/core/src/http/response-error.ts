import type { HttpRequest } from "../contracts/http-client.ts";
import type { ResponseHeaders, TransportResponse } from "../contracts/transport.ts";
import { type InfisicalErrorCode, InfisicalSDKRequestError } from "../errors/errors.ts";
import { targetOf, targetText } from "../events/target.ts";
import { Failure, failure, passingStatuses, type Repeatable, retryAfter } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";
import { printable, shownDetails } from "./redact.ts";

/** The failure that a 4xx or 5xx response means. */
export function responseFailure(request: PreparedRequest, response: TransportResponse, now: number): Failure {
  const { status, headers } = response;
  const body = parseInfisicalError(response.body, status);
  if (body === undefined) return gatewayFailure(request, response, now);
  const { method, url, redact } = request;
  const message = readableMessage(body["message"]);
  const code = codeOf(response, body, message);
  const wait = retryAfter(headers, now, message);
  const details =
    code === "SECRET_RULE_VIOLATED" ? parseRuleViolations(message) : (issuesOf(body) ?? body["details"]);
  const text = code === "NOT_FOUND" ? `${message}${askedFor(request.request)}` : message;
  const error = new InfisicalSDKRequestError(printable(text, redact), {
    code,
    method,
    url,
    statusCode: status,
    requestId: requestIdOf(body, redact),
    details: shownDetails(details, redact),
    retryAfter: wait === undefined ? undefined : wait / 1000,
    label: labelOf(body),
  });
  const isRateLimit = code === "RATE_LIMITED";
  const isAnswered = status < 500 && !isRateLimit;
  return new Failure(
    error,
    repeatable(response, message, wait),
    isRateLimit,
    isAnswered ? headers : undefined,
  );
}

/** Servers often leave out what they did not find, or where. */
function askedFor(request: HttpRequest): string {
  const target = targetText(targetOf(request));
  return target === "" ? "" : ` (asked for: ${target})`;
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

/** The whole message of a server whose rate limit is used up. A longer one may come after the work was done. */
const rateLimitOnly = /^rate limit exceeded(?:[.,] (?:please )?(?:re)?try (?:again )?in [\w. ]{1,30})?\.?$/i;

/** The end of what servers of every age say about a name that is taken. */
const alreadyExists = /\balready exists?\b/i;

/** What older servers say of a missing dynamic secret that is to be deleted, with 400. */
const dynamicSecretNotFound = "Dynamic secret not found";

function codeOf(
  { status, headers }: TransportResponse,
  { error }: Record<string, unknown>,
  message: string,
): InfisicalErrorCode {
  if (status === 500 && (rateLimitOnly.test(message) || isUsedUp(headers))) return "RATE_LIMITED";
  if (status === 400 && ruleViolation.test(message)) return "SECRET_RULE_VIOLATED";
  if (status === 400 && message === dynamicSecretNotFound) return "NOT_FOUND";
  if ((status === 400 || status === 409) && alreadyExists.test(message)) return "ALREADY_EXISTS";
  if (error === "ValidationFailure") return "VALIDATION_FAILED";
  // An expired or malformed token is a 403 on current servers, and a 401 on others.
  if (error === "TokenError") return "UNAUTHORIZED";
  return codes[status] ?? (status >= 500 ? "SERVER_ERROR" : "BAD_REQUEST");
}

/** Whether the headers are those of an older server whose rate limit is used up. */
function isUsedUp(headers: ResponseHeaders): boolean {
  return headers["x-ratelimit-remaining"]?.trim() === "0" && headers["retry-after"] !== undefined;
}

function repeatable({ status }: TransportResponse, message: string, wait: number | undefined): Repeatable {
  // The headers of a 500 do not count here: they may be a gateway's, after the request has taken effect.
  if (status === 429 || (status === 500 && rateLimitOnly.test(message))) return "all";
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

function labelOf({ error }: Record<string, unknown>): string | undefined {
  return typeof error === "string" && /^\w{1,60}$/.test(error) ? error : undefined;
}

/** How a server's message begins when a validation rule of the project forbids a secret. */
const ruleViolation = /^Secret validation failed:/;

/** One failure of a validation rule. */
interface RuleViolation {
  /** What is wrong, in the server's words. */
  readonly message: string;
  /** The secret's name, with which the text begins. */
  readonly secretName?: string | undefined;
  /** The rule's name, which the text has in quotes. */
  readonly rule?: string | undefined;
}

/** How much of the text is looked at, in characters. */
const longestText = 20_000;

/** Splits the server's message into its failures, which blank lines separate. */
function parseRuleViolations(text: string): RuleViolation[] {
  const items = text
    .slice(0, longestText)
    .replace(ruleViolation, "")
    .split(/\n\s*\n/);
  return items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map(parseItem);
}

function parseItem(message: string): RuleViolation {
  const name = /^(?:secret\s+)?["'`]?([^\s"'`:]+)["'`]?/i.exec(message);
  const rest = message.slice(name?.[0].length ?? 0);
  const rule = /\brule\b[^"]*"([^"]+)"/i.exec(rest) ?? /"([^"]+)"/.exec(rest);
  return { message, secretName: name?.[1], rule: rule?.[1] };
}

/** The names of Infisical's errors, which identify one without a status, as older servers send for labels. */
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
 * The fields of an error that Infisical itself sent; `undefined` for any other response.
 *
 * @param text - The response's body.
 * @param status - The response's status, which such an error repeats.
 */
function parseInfisicalError(text: string, status: number): Record<string, unknown> | undefined {
  const body = parseObject(text);
  const { message, reqId, statusCode, error } = body ?? {};
  if (message === undefined || (typeof message === "string" && noSuchRoute.test(message))) return undefined;
  const isOwn =
    typeof reqId === "string" ||
    (statusCode === status && typeof error === "string") ||
    ownErrors.includes(error);
  return isOwn ? body : undefined;
}

/** How an older server, or another program on the same framework, reports an unknown route. */
const noSuchRoute = /^Route [A-Z]+:\S* not found$/;

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The failure of a request that something other than Infisical answered. */
export function gatewayFailure(request: PreparedRequest, response: TransportResponse, now: number): Failure {
  const { status, headers, body } = response;
  const isCut = isJson(headers) && body !== "" && parseObject(body) === undefined;
  const text = isCut
    ? `The response is incomplete JSON (${body.length} characters): something on the way may have cut it off.`
    : request.redact(
        `${senderOf(headers)} answered instead of Infisical (${typeOf(headers)}). ${adviceFor(status, body)}`,
      );
  return failure(request, {
    code: "GATEWAY_ERROR",
    text,
    statusCode: status,
    wait: retryAfter(headers, now),
    repeatable: isCut || isPassing(status) ? "idempotent" : "none",
  });
}

/** A 500 from Infisical means that it failed; one from a gateway, that the gateway could not reach it. */
function isPassing(status: number): boolean {
  return status === 500 || passingStatuses.has(status);
}

/** What the response says about its sender. */
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
  if (isPassing(status)) return "Infisical may be down or overloaded: check what is in front of it.";
  return "Is siteUrl the address of Infisical, with its path prefix if it has one? A login page of the network or a firewall can answer too.";
}
