import { callHead } from "../api/http.ts";
import type { Delivery } from "./apply-failure.ts";
import { firstHalf, utf8 } from "./bytes.ts";
import type { Responder } from "./responder.ts";
import type { TextStream } from "./text-stream.ts";

const redirectStatuses = [301, 302, 303, 307, 308];
const mostRedirects = 20;

/** The shape of the global `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A `fetch` that the responder answers without sockets, whatever the host. */
export function inProcessFetch(responder: Responder): Fetch {
  return (input, init) => {
    const request = toRequest(input, init);
    return followRedirects(request, (next) => fetchOnce(responder, next));
  };
}

/** Accepts a bare path too, since the host does not matter. */
function toRequest(input: string | URL | Request, init: RequestInit | undefined): Request {
  const target = typeof input === "string" && input.startsWith("/") ? `http://test-server${input}` : input;
  return new Request(target, init);
}

/** Handles redirects as the global `fetch` does, by the request's `redirect` mode. */
async function followRedirects(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  let current = request;
  for (let count = 0; count <= mostRedirects; count += 1) {
    const bodyForLater = current.redirect === "follow" ? current.clone() : undefined;
    const response = await send(current);
    const location = response.headers.get("location");
    if (!redirectStatuses.includes(response.status) || location === null) return response;
    if (!bodyForLater) {
      if (current.redirect === "manual") return response;
      throw new TypeError("fetch failed", { cause: new Error("unexpected redirect") });
    }
    current = redirected(bodyForLater, response.status, new URL(location, current.url));
  }
  throw new TypeError("fetch failed", { cause: new Error("redirect count exceeded") });
}

function redirected(request: Request, status: number, url: URL): Request {
  const headers = new Headers(request.headers);
  if (url.origin !== new URL(request.url).origin) headers.delete("authorization");
  const becomesGet = status === 303 || (status < 303 && request.method === "POST");
  if (becomesGet) {
    headers.delete("content-type");
    return new Request(url, { method: "GET", headers, signal: request.signal });
  }
  return new Request(url, new Request(request, { headers }));
}

async function fetchOnce(responder: Responder, request: Request): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const url = new URL(request.url);
  const head = callHead(request.method, url.pathname + url.search, Object.fromEntries(request.headers));
  if (responder.refuses(head)) throw networkError("ECONNREFUSED");
  const bodyText = request.body === null ? undefined : await request.text();
  const work = responder.deliver({ ...head, bodyText }, () => signal);
  const delivery = await endedBy(signal, work).catch((error: unknown) => {
    work.then(endStream, () => {});
    throw error;
  });
  const response = await toResponse(delivery, signal, responder);
  Object.defineProperty(response, "url", { value: request.url });
  return response;
}

/** Ends what is delivered to nobody. */
function endStream(delivery: Delivery): void {
  if ("response" in delivery) delivery.response?.stream?.end();
}

async function toResponse(delivery: Delivery, signal: AbortSignal, responder: Responder): Promise<Response> {
  if (delivery.kind === "disconnect") throw networkError(delivery.code);
  const { kind, response } = delivery;
  if (!response) {
    const hungUp = new Promise<never>((_, reject) => {
      responder.whenHungUp(() => reject(networkError("ECONNRESET")));
    });
    return endedBy(signal, hungUp);
  }
  const { status, headers, body } = response;
  if (response.stream) return new Response(streamed(response.stream, signal), { status, headers });
  if (kind === "response") return new Response(body === "" ? null : body, { status, headers });
  const half = halfOf(body, signal, (controller) => {
    if (kind === "cut") controller.error(brokenOff());
    else responder.whenHungUp(() => controller.error(brokenOff()));
  });
  return new Response(half, { status, headers });
}

/** The pieces of a stream as a body. An abort ends it, and so does a reader that leaves. */
function streamed(stream: TextStream, signal: AbortSignal): ReadableStream<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]();
  let abort: () => void;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      abort = () => {
        controller.error(signal.reason);
        stream.end();
      };
      signal.addEventListener("abort", abort, { once: true });
    },
    async pull(controller) {
      const next = await pieces.next().catch(() => undefined);
      if (signal.aborted) return;
      if (next && !next.done) {
        controller.enqueue(utf8(next.value));
        return;
      }
      signal.removeEventListener("abort", abort);
      if (next) controller.close();
      else controller.error(brokenOff());
    },
    cancel() {
      signal.removeEventListener("abort", abort);
      stream.end();
    },
  });
}

/** Half of a body; then `end` decides. An abort always ends it. */
function halfOf(
  body: string,
  signal: AbortSignal,
  end: (controller: ReadableStreamDefaultController<Uint8Array>) => void,
): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    },
    pull(controller) {
      if (sent) {
        end(controller);
        return new Promise(() => {});
      }
      sent = true;
      controller.enqueue(utf8(firstHalf(body)));
      return undefined;
    },
  });
}

function endedBy<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** The error of the global `fetch` when there is no connection. */
function networkError(code: "ECONNRESET" | "ECONNREFUSED"): TypeError {
  const message = code === "ECONNRESET" ? "read ECONNRESET" : "connect ECONNREFUSED";
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

/** The error of reading a body when the connection breaks in the middle. */
function brokenOff(): TypeError {
  const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  return new TypeError("terminated", { cause });
}
