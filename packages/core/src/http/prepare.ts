import { version } from "../../package.json";
import type { HttpMethod, HttpRequest } from "../contracts/http-client.ts";
import { optionError, readOption } from "../errors/make-error.ts";
import { own, unknownOption } from "../support/call-options.ts";
import { assertSignal, requireFlag, requireString } from "../support/check.ts";
import { parseTimeout } from "../support/time.ts";
import type { Redact, Redaction } from "./redact.ts";
import { requestSecrets } from "./secrets.ts";

/** A request as it goes over the wire, prepared once and sent at every attempt. */
export interface PreparedRequest {
  readonly method: string;
  /** The address without its query, for errors. */
  readonly url: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether sending it twice does no harm. */
  readonly idempotent: boolean;
  /** Whether the caller reads the response's text as it arrives. */
  readonly streamed: boolean;
  readonly expect: HttpRequest["expect"];
  readonly signal: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  /** What was asked for. */
  readonly request: HttpRequest;
  /** Removes what the request carries and the client holds from what an error repeats. */
  readonly redact: Redact;
}

/** What all requests of a client have in common. */
export interface RequestDefaults {
  readonly siteUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly timeout: number;
  /** What the client holds: credentials, tokens, leases in use. */
  readonly heldSecrets: Iterable<string>;
  readonly redaction: Redaction;
}

const requestFields: ReadonlySet<string> = new Set([
  ...["method", "path", "query", "body", "headers", "expect", "signal", "timeout"],
  ...["fullResponse", "streamed", "readOnly", "idempotent", "identity", "operation", "target", "emit"],
]);

const methods: readonly unknown[] = ["GET", "POST", "PUT", "PATCH", "DELETE"] satisfies HttpMethod[];

/** Checks what callers can get wrong in a request, and returns it without what it merely inherits. */
export function ownFields(request: HttpRequest): HttpRequest {
  if (typeof request !== "object" || request === null) {
    throw optionError("request", "must be an object with a method and a path", request);
  }
  const fields = readOption("request", () => own(request));
  const { method, signal, expect, operation, target, streamed } = fields;
  if (!methods.includes(method)) {
    throw optionError("method", `must be one of ${methods.join(", ")}, in capitals`, method);
  }
  for (const name in fields) {
    const isUnknown = !requestFields.has(name) && fields[name as keyof HttpRequest] !== undefined;
    if (isUnknown) throw unknownOption("request.", name, [...requestFields]);
  }
  readOption("signal", () => assertSignal(signal));
  if (expect !== undefined && Object(expect) !== expect)
    throw optionError("expect", "must be a response shape or an array of them", expect);
  if (operation !== undefined) requireString("operation", operation);
  if (streamed !== undefined) requireFlag("streamed", streamed);
  if (target !== undefined && (typeof target !== "object" || target === null))
    throw optionError("target", "must be an object of names", target);
  return fields;
}

/** Prepares a request for sending, with the token if there is one. */
export function prepareRequest(
  given: HttpRequest,
  defaults: RequestDefaults,
  token: string | undefined,
): PreparedRequest {
  // Once more: middleware may have passed on another object.
  const request = ownFields(given);
  const headers: Record<string, string> = Object.assign(Object.create(null), defaults.headers);
  if (request.headers !== undefined) {
    Object.assign(
      headers,
      readOption("headers", () => parseHeaders("headers", request.headers)),
    );
  }
  if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
  if (request.body !== undefined) headers["content-type"] = "application/json";
  const body = toJson(request.body);
  assertPath(request.path);
  const query = readOption("query", () => queryString(request.query));
  return {
    method: request.method,
    url: defaults.siteUrl + request.path,
    query,
    headers,
    body,
    idempotent: request.idempotent ?? request.readOnly ?? request.method === "GET",
    streamed: request.streamed === true,
    expect: request.expect,
    signal: request.signal,
    timeout: request.timeout === undefined ? defaults.timeout : parseTimeout("timeout", request.timeout),
    request,
    redact: defaults.redaction.of(() => [...requestSecrets(headers, body), ...defaults.heldSecrets]),
  };
}

/** The headers of every request. */
export function defaultHeaders(): Record<string, string> {
  return { accept: "application/json", "user-agent": `infisical-sdk-ts/${version}` };
}

const ownHeaders = [
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Checks the `headers` of a client or a request and returns them with lower-case names. Values are never repeated in an error. */
function parseHeaders(option: string, headers: unknown): Record<string, string> {
  const parsed: Record<string, string> = {};
  // The entries of a list or a Headers object would be lost or misread.
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers)
    throw optionError(option, "must be a plain object of names and values");
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    // A name may be a credential passed by mistake.
    if (!/^[\w!#$%&'*+.^`|~-]{1,60}$/.test(name))
      throw optionError(option, "must have valid HTTP header names of at most 60 characters");
    if (ownHeaders.includes(lower)) throw optionError(`${option}.${name}`, "must be left to the client");
    const shown = name.length > 30 ? option : `${option}.${name}`;
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw optionError(shown, "must be a string of visible Latin-1 characters");
    }
    parsed[lower] = value;
  }
  return parsed;
}

const conditionalHeaders = ["if-none-match", "if-match", "if-modified-since", "if-unmodified-since", "range"];

/** Checks the `headers` of a client, which go with every request: none of them must change what a response means. */
export function parseClientHeaders(option: string, headers: unknown): Record<string, string> {
  const parsed = parseHeaders(option, headers);
  const conditional = conditionalHeaders.find((name) => name in parsed);
  if (conditional === undefined) return parsed;
  throw optionError(`${option}.${conditional}`, "must not go with every request; pass it to request()");
}

function assertPath(path: unknown): void {
  if (typeof path !== "string" || !/^\/[^/\\?#\s\p{Cc}][^\\?#\s\p{Cc}]*$/u.test(path)) {
    throw optionError(
      "path",
      'must begin with a single "/" and contain no white space, "\\", "?" or "#"',
      path,
    );
  }
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw optionError("path", 'must have no "." or ".." between its slashes', path);
  }
}

/** The query with its question mark; empty without parameters. */
function queryString(query: HttpRequest["query"] = {}): string {
  if (typeof query !== "object" || query === null || Symbol.iterator in query)
    throw optionError("query", "must be a plain object of names and values", query);
  let text = "";
  for (const name of Object.keys(query)) {
    const value: unknown = query[name];
    if (value === undefined) continue;
    if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) {
      throw optionError(`query.${name}`, "must be a string, a finite number, true or false", value);
    }
    text += `${text === "" ? "?" : "&"}${encode(name, name)}=${encode(name, String(value))}`;
  }
  return text;
}

/** Most texts need no encoding, and checking that is cheaper than encoding them. */
function encode(name: string, text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    throw optionError(name, "must be well-formed Unicode");
  }
}

function toJson(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  const json = stringify(body);
  if (json === undefined) throw optionError("body", "must be JSON-serializable");
  return json;
}

/** `undefined` for what JSON cannot hold. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
