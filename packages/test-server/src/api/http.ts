import { byteLength, toBase64, toBase64Url } from "../engine/bytes.ts";
import { sha1, sha256 } from "../engine/crypto.ts";
import type { TextStream } from "../engine/text-stream.ts";
import { ApiError } from "./api-error.ts";

/** Query parameters, or the fields of a form; a repeated one is a list. */
export type Query = Record<string, string | string[]>;

/** One request as the routes see it: completely read, not yet validated. */
export interface Call {
  readonly method: string;
  /** Path and query exactly as they were sent. */
  readonly target: string;
  readonly path: string;
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` when none was sent. */
  readonly bodyText: string | undefined;
  /** The address of the client; `undefined` without a socket. */
  readonly remoteAddress?: string | undefined;
}

const mebibyte = 1_048_576;

/** The largest body that any route reads, in bytes. */
export const bodyLimit = 2 * mebibyte;

/** A call without its body. The target is not normalized: `..` is a name like any other here. */
export function callHead(method: string, target: string, headers: Call["headers"]): Call {
  const [, path = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(target) ?? [];
  const isClosed = path.length > 1 && path.endsWith("/");
  return {
    method,
    target,
    path: isClosed ? path.slice(0, -1) : path,
    query: parseForm(query),
    headers,
    bodyText: undefined,
  };
}

/**
 * The body as the routes' schemas see it: JSON, a form or text, or `null` where none was sent.
 *
 * A body that cannot be read is not an API error: the real server's framework rejects it, which results in a bare 500.
 */
export function parseBody({ method, path, bodyText, headers }: Call): unknown {
  const contentType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  const isOptional = method === "DELETE" ? !bodyText || contentType === undefined : contentType === undefined;
  if (isOptional && (method === "DELETE" || !bodyText)) return null;
  const text = bodyText ?? "";
  // The KMS routes take data of up to one mebibyte, which Base64 makes longer.
  const limit = path.startsWith("/api/v1/kms/") ? bodyLimit : mebibyte;
  if (byteLength(text) > limit) throw new Error("Request body is too large");
  switch (contentType) {
    case "application/json":
      return JSON.parse(text);
    case "application/x-www-form-urlencoded":
      return parseForm(text);
    case "text/plain":
      return text;
    default:
      throw new Error(`Unsupported Media Type: ${contentType}`);
  }
}

function parseForm(text: string): Query {
  const fields: Query = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

/** A complete response of a route; each transport converts it to its own form. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header's values are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty if there is none, and if there is a stream. */
  readonly body: string;
  /** What is sent piece by piece instead of a body. */
  readonly stream?: TextStream | undefined;
}

/** Headers with lower-case names. Names that differ only in case are one repeated header. */
export function normalizeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const normalized: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase();
    const before = normalized[lowerCase];
    normalized[lowerCase] = before === undefined ? value : `${before}, ${value}`;
  }
  return normalized;
}

/** Statuses whose responses never have a body. */
const withoutBody = [204, 205, 304];

/** A response as it leaves the server: dated by the server's clock, and without a body where HTTP allows none. */
export function asSent(response: HttpResponse, method: string, now: number): HttpResponse {
  const empty = method === "HEAD" || withoutBody.includes(response.status);
  const headers = { date: new Date(now).toUTCString(), ...response.headers };
  return { ...response, headers, body: empty ? "" : response.body };
}

/** The form of an ETag: that of every response, or that of the lists of secrets. */
export type EtagForm = "sha1" | "sha256";

/** A JSON response with a strong ETag. It is a 304 if the request names that ETag alone, strong or weak. */
export function jsonResponse(
  call: Call,
  status: number,
  value: unknown,
  form: EtagForm = "sha1",
): HttpResponse {
  const body = JSON.stringify(value);
  const etag = `"${form === "sha1" ? toBase64(sha1(body)) : toBase64Url(sha256(body))}"`;
  const headers = { "content-type": "application/json; charset=utf-8", etag };
  const known = call.headers["if-none-match"];
  if (known === etag || known === `W/${etag}`) return { status: 304, headers, body: "" };
  return { status, headers: { ...headers, "content-length": String(byteLength(body)) }, body };
}

/** The response to an error: the server's envelope for an API error, 500 for any other. */
export function errorResponse(call: Call, error: unknown, requestId: string): HttpResponse {
  const { status, message, label, fields } =
    error instanceof ApiError ? error : new ApiError(500, "InternalServerError", "Something went wrong");
  return jsonResponse(call, status, {
    reqId: requestId,
    statusCode: status,
    message,
    error: label,
    ...fields,
  });
}

/** The response to a route that no server has; it comes from the framework, not from the API. */
export function unknownRouteResponse(call: Call): HttpResponse {
  return jsonResponse(call, 404, {
    message: `Route ${call.method}:${call.target} not found`,
    error: "Not Found",
    statusCode: 404,
  });
}

/** The response to a path that the framework's router refuses. */
export function refusedPathResponse(statusCode: number, code: string, message: string): HttpResponse {
  const body = JSON.stringify({ error: "Bad Request", code, message, statusCode });
  const headers = { "content-type": "application/json", "content-length": String(byteLength(body)) };
  return { status: statusCode, headers, body };
}

/** The response to a request for another host. */
export function misdirectedResponse(call: Call, host = ""): HttpResponse {
  const name = JSON.stringify(host.replace(/:\d*$/, ""));
  return jsonResponse(call, 421, {
    statusCode: 421,
    message:
      `The test server does not answer as ${name}. It protects nothing, so a name must be allowed before web pages ` +
      `can use it: listen({ allowedHosts: [${name}] }), or --allow-host on the command line`,
    error: "MisdirectedRequest",
  });
}
