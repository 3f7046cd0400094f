import type { Call, Query } from "./http/call.ts";

/** One request that the server received, including credentials and values. */
export interface LoggedRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path as received, still encoded, without the query. */
  readonly path: string;
  /** The query parameters; a repeated one is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, the text if it is not JSON, or `undefined` without a body. */
  readonly body: unknown;
  /** The status of the response; `undefined` if none was sent, or not yet. */
  readonly status: number | undefined;
  /** When it arrived, in milliseconds since 1970 by the server's clock. */
  readonly time: number;
}

/** A log entry while the request is being answered. */
export type OpenEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] };

/** The latest requests, oldest first. */
export class RequestLog {
  readonly entries: OpenEntry[] = [];
  readonly #limit: number;

  constructor(option: boolean | { readonly limit: number } = true) {
    if (typeof option === "boolean") this.#limit = option ? 10_000 : 0;
    else this.#limit = option.limit;
  }

  add(entry: OpenEntry): void {
    if (this.#limit === 0) return;
    // Dropped a tenth at a time, because shifting a long array for each request is slow.
    if (this.entries.length >= this.#limit) this.entries.splice(0, Math.ceil(this.#limit / 10));
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** The log entry of a request. */
export function logEntry(call: Call, time: number): OpenEntry {
  return {
    method: call.method,
    path: call.path,
    query: { ...(call.query as Query) },
    headers: call.headers,
    body: parsed(call.bodyText),
    status: undefined,
    time,
  };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
