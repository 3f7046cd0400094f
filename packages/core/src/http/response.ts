import type { ApiResponse } from "../contracts/middleware.ts";
import type { TransportResponse } from "../contracts/transport.ts";
import { readOption } from "../errors/option-error.ts";
import { type Failure, failure } from "./failure.ts";
import { gatewayFailure } from "./gateway.ts";
import type { PreparedRequest } from "./prepare.ts";
import { responseFailure } from "./response-error.ts";
import { missingFrom } from "./response-shape.ts";
import { shownDetails } from "./server-text.ts";

/** Turns a complete response into what a call resolves to, or into why it fails. */
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

/** A transport of somebody else's may resolve with anything, and need not have a limit. */
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
    const text = "The response is an error, with a status of success.";
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

/** Whether a body says that the request failed, whatever the status that it came with. */
function isError(body: unknown): boolean {
  const { statusCode, error, message } = Object(body) as Record<string, unknown>;
  return typeof statusCode === "number" && statusCode >= 400 && error !== undefined && message !== undefined;
}

const approvalText = "The write became an approval request, which is in details; nothing has changed yet.";

/** What servers send in place of a write's result where changes need approval. */
function approvalOf(body: unknown): object | undefined {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, "approval")) return undefined;
  const { approval } = body as { readonly approval: unknown };
  return typeof approval === "object" && approval !== null ? approval : undefined;
}

/** Browsers hide the status of a redirect, which is 0 then. A 304 that nobody asked for is none. */
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

/** Only the origin: the rest of a redirect may hold anything. */
function redirectTarget(location: string | undefined, base: string): string | undefined {
  if (location === undefined) return undefined;
  try {
    const { origin } = new URL(location, base);
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}
