/** What a request consists of beside its address. */
export interface FetchInit {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The headers, by their lower-case names. */
  readonly headers: Record<string, string>;
  /** The body, as JSON. */
  readonly body?: string;
  /** Redirects are not followed: the client makes an error of them. */
  readonly redirect: "manual";
  /** Aborts when the attempt is to end. */
  readonly signal: AbortSignal;
}

/** The headers of a reply; any `Headers` has this. */
export interface ReplyHeaders {
  /**
   * Gives a header's value; `null` where there is none.
   *
   * @param name - Its name, in any case.
   */
  get(name: string): string | null;
  /**
   * Whether there is a header of a name.
   *
   * @param name - The name, in any case.
   */
  has(name: string): boolean;
}

/** What the client reads of a reply; any `Response` has it. */
export interface FetchReply {
  /** Whether the status is a 2xx. */
  readonly ok: boolean;
  /** The status. */
  readonly status: number;
  /** `"opaqueredirect"` where a browser hides a redirect. */
  readonly type: string;
  /** The headers. */
  readonly headers: ReplyHeaders;
  /** Gives the whole body. */
  text(): Promise<string>;
}

/**
 * Sends one request: the platform's `fetch`, or a function that stands in for it, such as undici's.
 *
 * By default it is the platform's, kept from sending a write again by itself when a reused connection breaks, as
 * Deno and Bun would. A function of your own has to see to that where it runs on these.
 *
 * @param url - The address, with its query.
 * @param init - What to send; its signal must be obeyed.
 * @returns The reply.
 * @throws What the platform's `fetch` throws: a `cause.code` such as `ECONNREFUSED` tells that nothing was sent.
 *
 * @example
 * import { createClient, type Fetch } from "@infisical/core";
 * const counting: Fetch = (url, init) => {
 *   console.count(init.method);
 *   return fetch(url, init);
 * };
 * createClient({ fetch: counting });
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchReply>;
