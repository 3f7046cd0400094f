import { version } from "../../package.json";
import type { HttpRequest } from "../contracts/http-client.ts";
import { optionError } from "../errors/option-error.ts";
import { longestTimer } from "../support/clock.ts";
import { type Duration, toMilliseconds } from "../support/duration.ts";
import { type Redact, redaction } from "./redact.ts";

/** A request as it goes over the wire, made once and sent at every attempt. */
export interface PreparedRequest {
  readonly method: string;
  /** The address without its query, for errors. */
  readonly url: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether sending it twice does no harm. */
  readonly readOnly: boolean;
  readonly expect: HttpRequest["expect"];
  readonly signal: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  /** Removes the token, and the values in headers and body, from what an error repeats. */
  readonly redact: Redact;
}

/** What all requests of a client have in common. */
export interface RequestDefaults {
  readonly siteUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly timeout: number;
}

/** Makes a request ready to be sent, with the token if there is one. */
export function prepareRequest(
  request: HttpRequest,
  defaults: RequestDefaults,
  token: string | undefined,
): PreparedRequest {
  const headers: Record<string, string> = Object.assign({}, defaults.headers);
  if (request.headers !== undefined) Object.assign(headers, parseHeaders(request.headers));
  if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
  if (request.body !== undefined) headers["content-type"] = "application/json";
  const body = toJson(request.body);
  assertPath(request.path);
  return {
    method: request.method,
    url: defaults.siteUrl + request.path,
    query: queryString(request.query),
    headers,
    body,
    readOnly: request.readOnly ?? request.method === "GET",
    expect: request.expect,
    signal: request.signal,
    timeout: request.timeout === undefined ? defaults.timeout : parseTimeout(request.timeout),
    redact: (value) => redaction(headers, body)(value),
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
export function parseHeaders(headers: unknown): Record<string, string> {
  const parsed: Record<string, string> = {};
  if (headers === undefined) return parsed;
  // The entries of a list or a Headers object would be lost or taken for something else.
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers)
    throw optionError("headers", "must be a plain object of names and values");
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      throw optionError("headers", "must have HTTP header names", name);
    if (ownHeaders.includes(lower)) throw optionError(`headers.${name}`, "is set by the client itself");
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw optionError(`headers.${name}`, "must be a string of visible Latin-1 characters");
    }
    parsed[lower] = value;
  }
  return parsed;
}

/** Checks a `timeout` and returns it in milliseconds. */
export function parseTimeout(timeout: Duration): number {
  const milliseconds = toMilliseconds("timeout", timeout);
  if (milliseconds === 0 || milliseconds > longestTimer) {
    throw optionError("timeout", "must be greater than 0 and at most 24 days", timeout);
  }
  return milliseconds;
}

function assertPath(path: string): void {
  if (!/^\/[^/\\?#][^\\?#]*$/.test(path)) {
    throw optionError("path", 'must begin with one "/" and hold no "\\", "?" or "#"', path);
  }
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw optionError("path", 'must have no "." or ".." between its slashes', path);
  }
}

/** The query with its question mark, or nothing. */
function queryString(query: HttpRequest["query"] = {}): string {
  let text = "";
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (value === undefined) continue;
    text += `${text === "" ? "?" : "&"}${encode(name, name)}=${encode(name, String(value))}`;
  }
  return text;
}

/** Most texts hold nothing to encode, and to see that is cheaper than to encode them. */
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
