import { TransportError } from "../contracts/transport.ts";

/** A request without its address: a plain object that every `fetch` accepts as its `init`. */
export interface FetchInit {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The headers, names in lower case. */
  readonly headers: Record<string, string>;
  /** The body; left out if there is none. */
  readonly body?: string;
  /** Redirects are not followed: a redirect is a response like any other. */
  readonly redirect: "manual";
  /** Aborts when the exchange must end, whatever stage it has reached. */
  readonly signal: AbortSignal;
  /** Keeps the response out of HTTP caches; left out if the platform's `Request` has no `cache`. */
  readonly cache?: "no-store";
  /** Keeps cookies out; left out if the platform's `Request` has no `credentials`. */
  readonly credentials?: "omit";
  /** `false` on Bun for a request that must not be sent twice: such a request gets its own connection. */
  readonly keepalive?: false;
}

/** The headers of a {@link FetchResponse}; any `Headers` will do. */
export interface FetchResponseHeaders {
  /**
   * Calls a function for every header.
   *
   * @param callback - Receives a header's value and its name.
   */
  forEach(callback: (value: string, name: string) => void): void;
}

/** What the transport reads of a response; any `Response` will do. */
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
 * Sends one request: the platform's `fetch`, or a replacement, such as undici's.
 *
 * It is called as a plain function, with the address as a string and a plain object. If it throws, the exchange has
 * failed: an error (or its `cause`) whose `syscall` is `connect`, or whose `code` is known to come from connecting,
 * such as `ECONNREFUSED`, says that no server can have seen the request.
 *
 * Deno and Cloudflare Workers repeat a request when a reused connection breaks, unless its body can be read only
 * once. The transport takes care of that when it calls the platform's `fetch` itself. Your own function that calls it there
 * must turn a write's body, even an empty one, into a stream or a `Blob`; hooks of a `ky` instance need not.
 *
 * @param url - The address, with its query.
 * @param init - What to send; the function must obey its signal.
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

/**
 * The platform's own `fetch`.
 *
 * Next.js replaces it with one that keeps responses in a cache on disk, and a page can make that one override
 * `cache: "no-store"`; the original is a property of the replacement.
 */
export function platformFetch(): typeof globalThis.fetch {
  const { fetch } = globalThis as { fetch?: PatchedFetch };
  if (typeof fetch === "function") return fetch._nextOriginalFetch ?? fetch;
  throw new TransportError("This platform has no fetch: pass `fetch` or another `transport`.", {
    sent: false,
  });
}

type PatchedFetch = typeof globalThis.fetch & { readonly _nextOriginalFetch?: typeof globalThis.fetch };

/** What is added to the `init` of the platform's `fetch`. */
export interface OnceInit {
  /** The body in a form that can be read only once. */
  readonly body?: Blob | ReadableStream;
  /** Goes with a stream. */
  readonly duplex?: "half";
  /** The request's own headers, with the length of a body that is a stream. */
  readonly headers?: Record<string, string>;
  /** To Bun, `false` means a separate connection. */
  readonly keepalive?: false;
}

/** What matters to the platform of a request that must not be sent twice. */
interface Write {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` if there is none. */
  readonly body: string | Uint8Array | undefined;
}

/**
 * Keeps the platform's `fetch` from sending a request again by itself.
 *
 * A second DELETE would report that there is nothing to delete. When a reused connection breaks, Deno repeats requests
 * without a body, or with one that it can read again; workerd repeats a PUT or a DELETE without a body; Bun repeats
 * every PUT and DELETE. Node repeats a request that is answered with 421, unless its body can be read only once.
 *
 * @param write - The request.
 * @returns What to add to its `init`.
 */
export function sentOnce({ method, headers, body }: Write): OnceInit {
  if ("Deno" in globalThis) return { body: new Blob(body === undefined ? [] : [body as string]) };
  if ("Bun" in globalThis) return ownConnection();
  if (isWorkerd()) return body === undefined && isRepeated(method) ? streamOf(undefined) : {};
  if (!isNode()) return {};
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  // Node states a length of zero by itself if it must; given one with a DELETE, Node 20.0 fails.
  const length = bytes?.byteLength ? { "content-length": String(bytes.byteLength) } : {};
  return { ...streamOf(bytes), headers: { ...headers, ...length } };
}

/** The same for a `Request` that ky created: its body is read if that is needed. */
export async function requestSentOnce(made: Request): Promise<OnceInit> {
  if ("Deno" in globalThis) return { body: await made.blob() };
  if ("Bun" in globalThis) return ownConnection();
  const body = made.body === null ? undefined : new Uint8Array(await made.clone().arrayBuffer());
  return sentOnce({ method: made.method, headers: Object.fromEntries(made.headers), body });
}

/** The part of {@link sentOnce} that suits any `fetch`: it leaves the body alone. */
export function ownConnection(): Pick<OnceInit, "keepalive"> {
  return "Bun" in globalThis ? { keepalive: false } : {};
}

function streamOf(bytes: Uint8Array | undefined): OnceInit {
  const body = new ReadableStream({
    start(controller) {
      if (bytes && bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  return { body, duplex: "half" };
}

/** Whether workerd repeats a request of this method. */
function isRepeated(method: string): boolean {
  return method === "PUT" || method === "DELETE";
}

function isWorkerd(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}

/** Jest's pages have Node's `process`, but no streams: their `fetch` is a replacement. */
function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return process?.versions?.node !== undefined && typeof ReadableStream === "function";
}
