/** What is added to the `init` of the platform's `fetch`. */
export interface OnceInit {
  /** The body in a form that can be read only once. */
  readonly body?: Blob | ReadableStream;
  /** Goes with a stream. */
  readonly duplex?: "half";
  /** The request's own headers, with the length of a body that is a stream. */
  readonly headers?: Record<string, string>;
  /** To Bun, `false` means a connection of its own. */
  readonly keepalive?: false;
}

/** A request that must not be sent twice, as far as that matters to the platform. */
interface Write {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` where there is none. */
  readonly body: string | Uint8Array | undefined;
}

/**
 * Keeps the platform's `fetch` from sending a request again by itself.
 *
 * A second DELETE would say that there is nothing to delete. When a reused connection breaks, Deno repeats whatever
 * has no body, or one that it can read again; workerd repeats a PUT or a DELETE without a body; Bun repeats every PUT
 * and DELETE. Node repeats whatever is answered with 421, unless its body can be read only once.
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
  // Node says by itself that there are no bytes, where it must; told so with a DELETE, Node 20.0 fails.
  const length = bytes?.byteLength ? { "content-length": String(bytes.byteLength) } : {};
  return { ...streamOf(bytes), headers: { ...headers, ...length } };
}

/** The same for a `Request` that ky made: its body is taken out of it where that is needed. */
export async function requestSentOnce(made: Request): Promise<OnceInit> {
  if ("Deno" in globalThis) return { body: await made.blob() };
  if ("Bun" in globalThis) return ownConnection();
  const body = made.body === null ? undefined : new Uint8Array(await made.clone().arrayBuffer());
  return sentOnce({ method: made.method, headers: Object.fromEntries(made.headers), body });
}

/** The part of {@link sentOnce} that any `fetch` can be given: it leaves the body alone. */
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

/** Jest's pages have the `process` of Node, but no streams: what they call `fetch` is a replacement. */
function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return process?.versions?.node !== undefined && typeof ReadableStream === "function";
}
