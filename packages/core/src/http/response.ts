import type { HttpRequest, ResponseField, ResponseShape } from "../contracts/http-client.ts";
import type { ApiResponse } from "../contracts/middleware.ts";
import type { TransportResponse } from "../contracts/transport.ts";
import { readOption } from "../errors/make-error.ts";
import { type Failure, failure } from "./failure.ts";
import type { PreparedRequest } from "./prepare.ts";
import { shownDetails } from "./redact.ts";
import { gatewayFailure, responseFailure } from "./response-error.ts";

/** Turns a complete response into what a call resolves to, or into its failure. */
export function parseResponse(
  request: PreparedRequest,
  response: TransportResponse,
  maxResponseSize: number,
  now: number,
): ApiResponse | Failure {
  const incomplete = incompleteness(request, response, maxResponseSize);
  if (incomplete) return incomplete;
  const { status, headers, body: text } = response;
  if (status === 304 && "if-none-match" in request.headers) return { status, headers, body: undefined };
  if (isRedirect(status)) return redirectFailure(request, response);
  if (status >= 400 && status <= 599) return responseFailure(request, response, now);
  if (status < 200 || status > 299) return gatewayFailure(request, response, now);
  const body = status === 204 ? undefined : parseJson(text);
  if (body === notJson) return gatewayFailure(request, response, now);
  return wrongShape(request, status, body) ?? { status, headers, body };
}

/** A third-party transport may resolve to anything, and need not have a limit. */
function incompleteness(
  request: PreparedRequest,
  response: TransportResponse | undefined,
  maxResponseSize: number,
): Failure | undefined {
  const { status, headers, body } = response ?? {};
  const isHeaders = Object(headers) === headers && Object.values(headers ?? {}).every(isText);
  const isStatus = typeof status === "number" && Number.isInteger(status);
  const statusCode = isStatus && status !== 0 ? status : undefined;
  if (!isStatus || !isHeaders || typeof body !== "string") {
    const text = "The transport must resolve to { status, headers, body }.";
    return failure(request, { code: "INVALID_RESPONSE", text, statusCode, repeatable: "none" });
  }
  if (body.length <= maxResponseSize) return undefined;
  const text = `The response is too large: more than ${maxResponseSize} bytes.`;
  return failure(request, { code: "INVALID_RESPONSE", text, statusCode, repeatable: "none" });
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

const notJson: unique symbol = Symbol();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, so it is not passed on.
    return notJson;
  }
}

function wrongShape(request: PreparedRequest, statusCode: number, body: unknown): Failure | undefined {
  if (isError(body)) {
    const text = "The response is an error with a success status.";
    return failure(request, { code: "INVALID_RESPONSE", text, statusCode, repeatable: "none" });
  }
  const missing = readOption("expect", () => missingFrom(body, request.expect));
  if (missing === undefined) return undefined;
  const approval = approvalOf(body);
  const parts = { statusCode, repeatable: "none" } as const;
  if (approval !== undefined) {
    const details = shownDetails(approval, request.redact);
    return failure(request, { ...parts, code: "APPROVAL_REQUIRED", text: approvalText, details });
  }
  return failure(request, {
    ...parts,
    code: "INVALID_RESPONSE",
    text: `The response is missing ${missing}.`,
  });
}

/** Whether a body says that the request failed, whatever its status. */
function isError(body: unknown): boolean {
  const { statusCode, error, message } = Object(body) as Record<string, unknown>;
  return typeof statusCode === "number" && statusCode >= 400 && error !== undefined && message !== undefined;
}

const approvalText = "The write became an approval request, which is in details; nothing has changed yet.";

/** What servers send instead of a write's result if changes need approval. */
function approvalOf(body: unknown): object | undefined {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, "approval")) return undefined;
  const { approval } = body as { readonly approval: unknown };
  return typeof approval === "object" && approval !== null ? approval : undefined;
}

/** Browsers hide the status of a redirect: it is 0. A 304 that nobody asked for is not a redirect. */
function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status < 400 && status !== 304);
}

function redirectFailure(request: PreparedRequest, { status, headers }: TransportResponse): Failure {
  const target = redirectTarget(headers["location"], request.url);
  const advice = target ? ` If "${target}" is your server, set it as siteUrl.` : "";
  const text = request.redact(`The server sent a redirect, which the client does not follow.${advice}`);
  return failure(request, {
    code: "REDIRECTED",
    text,
    statusCode: status === 0 ? undefined : status,
    repeatable: "none",
  });
}

/** Only the origin: the rest of a redirect may contain anything. */
function redirectTarget(location: string | undefined, base: string): string | undefined {
  if (location === undefined) return undefined;
  try {
    const { origin } = new URL(location, base);
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}

/** The expected field that a body is missing, e.g. "secrets[2].secretKey (string)"; `undefined` if it is complete. */
export function missingFrom(body: unknown, expect: HttpRequest["expect"]): string | undefined {
  if (expect === undefined) return undefined;
  const shapes = (Array.isArray(expect) ? expect : [expect]) as readonly ResponseShape[];
  const missing: string[] = [];
  for (const shape of shapes) {
    const field = missingField(body, shape, "");
    if (field === undefined) return undefined;
    missing.push(field);
  }
  return missing.join(" or ");
}

/** The first field of an object that is missing or has another type. */
function missingField(value: unknown, shape: ResponseShape, path: string): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return described(path, "object");
  for (const name of Object.keys(shape)) {
    const field = shape[name] as ResponseField;
    const optional = name.endsWith("?");
    const key = optional ? name.slice(0, -1) : name;
    const inner = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (optional && (inner === undefined || inner === null)) continue;
    const missing = missingValue(inner, field, path === "" ? key : `${path}.${key}`);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingValue(value: unknown, field: ResponseField, path: string): string | undefined {
  if (typeof field === "string") return typeOf(value) === field ? undefined : described(path, field);
  if (!isList(field)) return missingField(value, field, path);
  if (!Array.isArray(value)) return described(path, "array");
  for (const [index, item] of value.entries()) {
    const missing = missingValue(item, field[0], `${path}[${index}]`);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function isList(field: ResponseField): field is readonly [ResponseField] {
  return Array.isArray(field);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function described(path: string, type: string): string {
  return path === "" ? "its object" : `\`${path}\` (${type})`;
}
