/** What a request consists of besides its address: a plain object that every `fetch` takes as its `init`. */
export interface FetchInit {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The headers, names in lower case. */
  readonly headers: Record<string, string>;
  /** The body; left out where there is none. */
  readonly body?: string;
  /** Redirects are not followed: a redirect is a response like any other. */
  readonly redirect: "manual";
  /** Aborts when the exchange must end, whatever stage it has reached. */
  readonly signal: AbortSignal;
  /** Keeps the response out of HTTP caches; left out where the platform's `Request` has no `cache`. */
  readonly cache?: "no-store";
  /** Keeps cookies out; left out where the platform's `Request` has no `credentials`. */
  readonly credentials?: "omit";
  /** `false` on Bun for a request that must not be sent twice: such a request gets its own connection. */
  readonly keepalive?: false;
}

/** The headers of a {@link FetchResponse}; any `Headers` has this. */
export interface FetchResponseHeaders {
  /**
   * Calls a function for every header.
   *
   * @param callback - Gets a header's value and its name.
   */
  forEach(callback: (value: string, name: string) => void): void;
}

/** What the transport reads of a response; any `Response` has it. */
export interface FetchResponse {
  /** The HTTP status; 0 for a redirect whose status the platform hides, as browsers do. */
  readonly status: number;
  /** The headers. */
  readonly headers: FetchResponseHeaders;
  /**
   * The body's stream, read in preference to `text()`, since reading stops at the size limit.
   *
   * @defaultValue none: `text()` is called
   */
  readonly body?: unknown;
  /** Resolves to the whole body. */
  text(): Promise<string>;
}

/**
 * Sends one request: the platform's `fetch`, or a function that takes its place, such as undici's.
 *
 * It is called as a plain function, with the address as a string and a plain object. What it throws is a failed
 * exchange: an error (or its `cause`) whose `syscall` is `connect`, or whose `code` is known to come from
 * connecting, such as `ECONNREFUSED`, says that no server can have seen the request.
 *
 * Deno and Cloudflare Workers repeat a request when a reused connection breaks, unless its body can be read only
 * once. The transport sees to that where it calls the platform's `fetch` itself. A function of your own that calls it
 * there must make a stream or a `Blob` of a write's body, also of an empty one; hooks of a `ky` instance need not.
 *
 * @param url - The address, with its query.
 * @param init - What to send; its signal must be obeyed.
 * @returns The response, whatever its status.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { type Fetch, kyTransport } from "@infisical/core/ky";
 * const counting: Fetch = (url, init) => {
 *   console.count(init.method);
 *   return fetch(url, init);
 * };
 * createClient({ transport: kyTransport({ fetch: counting }) });
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
