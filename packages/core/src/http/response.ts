import type { HttpRequest, ResponseFieldType, ResponseShape } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import type { ResponseHeaders, TransportResponse } from "../contracts/transport.ts";
import type { InfisicalErrorCode } from "../errors/error-code.ts";
import { InfisicalSDKRequestError } from "../errors/errors.ts";
import type { PreparedRequest } from "./prepare.ts";
import { responseError } from "./response-error.ts";

/** Turns a complete response into what a call resolves or rejects with. */
export function parseResponse(
  request: PreparedRequest,
  response: TransportResponse,
  maxResponseSize: number,
  now: number,
): ApiResponse {
  assertComplete(request, response, maxResponseSize);
  const { status, headers, body: text } = response;
  if (status === 304 && "if-none-match" in request.headers) return { status, headers, body: undefined };
  if (isRedirect(status)) throw redirectError(request, response);
  if (status < 200 || status > 299) throw responseError({ request, status, headers, text, now });
  const body = status === 204 ? undefined : parseBody(request, status, headers, text);
  assertShape(request, status, body);
  return { status, headers, body };
}

/** A transport of somebody else's may resolve with anything, and need not have a limit. */
function assertComplete(
  request: PreparedRequest,
  response: TransportResponse | undefined,
  maxResponseSize: number,
): void {
  const { status, headers, body } = response ?? {};
  const isHeaders = Object(headers) === headers && Object.values(headers ?? {}).every(isText);
  const isStatus = typeof status === "number" && Number.isInteger(status);
  if (!isStatus || !isHeaders || typeof body !== "string") {
    const rule = "The transport must resolve to { status, headers, body }.";
    throw failure(request, typeof status === "number" ? status : 0, "INVALID_RESPONSE", rule);
  }
  if (body.length <= maxResponseSize) return;
  const text = `The response is too large: more than ${maxResponseSize} bytes.`;
  throw failure(request, status, "INVALID_RESPONSE", text);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function parseBody(
  request: PreparedRequest,
  status: number,
  headers: ResponseHeaders,
  text: string,
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
    const type = headers["content-type"]?.split(";")[0] ?? "no content type";
    const message = `The response is not valid JSON (${type}, ${text.length} characters).`;
    throw failure(request, status, "INVALID_RESPONSE", message);
  }
}

function assertShape(request: PreparedRequest, status: number, body: unknown): void {
  const missing = missingFields(body, request.expect);
  if (missing === undefined) return;
  const approval = approvalOf(body);
  if (approval !== undefined) throw failure(request, status, "APPROVAL_REQUIRED", approvalText, approval);
  throw failure(request, status, "INVALID_RESPONSE", `The response is missing ${missing}.`);
}

/** What a body lacks of what was expected; `undefined` if nothing. */
function missingFields(body: unknown, expect: HttpRequest["expect"]): string | undefined {
  if (expect === undefined) return undefined;
  const shapes: readonly ResponseShape[] = Array.isArray(expect) ? expect : [expect];
  if (shapes.some((shape) => hasShape(body, shape))) return undefined;
  return shapes.map(describeShape).join(" or ");
}

function hasShape(body: unknown, shape: ResponseShape): boolean {
  if (typeof body !== "object" || body === null) return false;
  return Object.entries(shape).every(
    ([field, type]) => typeOf((body as Record<string, unknown>)[field]) === type,
  );
}

function typeOf(value: unknown): ResponseFieldType | undefined {
  if (Array.isArray(value)) return "array";
  if (value === null) return undefined;
  return typeof value as ResponseFieldType;
}

function describeShape(shape: ResponseShape): string {
  return Object.entries(shape)
    .map(([field, type]) => `\`${field}\` (${type})`)
    .join(" and ");
}

const approvalText = "The write became an approval request, which is in details; nothing has changed yet.";

/** What servers send in place of a write's result where changes need approval. */
function approvalOf(body: unknown): object | undefined {
  const approval = (body as { readonly approval?: unknown } | null | undefined)?.approval;
  return typeof approval === "object" && approval !== null ? approval : undefined;
}

/** Browsers hide the status of a redirect, which is 0 then. */
function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status < 400);
}

function redirectError(
  request: PreparedRequest,
  { status, headers }: TransportResponse,
): InfisicalSDKRequestError {
  const target = redirectTarget(headers["location"], request.url);
  const advice = target ? ` If "${target}" is your server, set it as siteUrl.` : "";
  const text = `The server sent a redirect, which the client does not follow.${advice}`;
  return failure(request, status, "REDIRECTED", text);
}

/** Only the origin: the rest of a redirect may hold anything. */
function redirectTarget(location: string | undefined, base: string): string | undefined {
  if (location === undefined) return undefined;
  try {
    return new URL(location, base).origin;
  } catch {
    return undefined;
  }
}

function failure(
  { method, url, redact }: PreparedRequest,
  statusCode: number,
  code: InfisicalErrorCode,
  text: string,
  details?: unknown,
): InfisicalSDKRequestError {
  return new InfisicalSDKRequestError(redact(text), {
    code,
    method,
    url,
    statusCode: statusCode || undefined,
    details: redact(details),
  });
}
