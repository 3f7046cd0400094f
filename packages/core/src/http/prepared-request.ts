import { optionError } from "../errors/option-error.ts";
import type { HttpRequest } from "../http-client.ts";
import { checkHeaders } from "./headers.ts";
import { type Redact, redaction } from "./redact.ts";
import { bareUrl, queryString } from "./request-url.ts";

/** A request as it goes over the wire, made once and sent at every attempt. */
export interface PreparedRequest {
  readonly method: string;
  /** The address without its query, for errors. */
  readonly url: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  /** Whether sending it twice does no harm. */
  readonly readOnly: boolean;
  readonly expect: HttpRequest["expect"];
  readonly signal: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  /** Takes the token, the headers' and the body's values out of what an error repeats. */
  readonly redact: Redact;
}

/** What all requests of a client have in common. */
export interface RequestDefaults {
  readonly siteUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes a request ready to be sent, with the token if there is one. */
export function prepareRequest(
  request: HttpRequest,
  defaults: RequestDefaults,
  timeout: number,
  token: string | undefined,
): PreparedRequest {
  const headers: Record<string, string> = Object.assign({}, defaults.headers);
  if (request.headers !== undefined) Object.assign(headers, checkHeaders(request.headers));
  if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
  if (request.body !== undefined) headers["content-type"] = "application/json";
  const body = toJson(request.body);
  return {
    method: request.method,
    url: bareUrl(defaults.siteUrl, request.path),
    query: queryString(request.query),
    headers,
    body,
    readOnly: request.readOnly ?? request.method === "GET",
    expect: request.expect,
    signal: request.signal,
    timeout,
    redact: (value) => redaction(headers, body)(value),
  };
}

function toJson(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  const json = stringify(body);
  if (json === undefined) throw optionError("body", "must be something that JSON can hold");
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
