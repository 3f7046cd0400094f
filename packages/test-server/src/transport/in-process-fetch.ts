import { firstHalf } from "../faults/apply-failure.ts";
import type { Delivery } from "../faults/delivery.ts";
import { type Call, splitTarget } from "../http/call.ts";
import type { HttpResponse } from "../http/http-response.ts";
import type { Responder } from "../responder.ts";
import { toFetchResponse } from "./fetch-response.ts";
import { followRedirects } from "./follow-redirects.ts";

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

async function fetchOnce(responder: Responder, request: Request): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const url = new URL(request.url);
  const target = url.pathname + url.search;
  const head: Call = {
    ...splitTarget(target),
    method: request.method,
    target,
    headers: Object.fromEntries(request.headers),
    bodyText: undefined,
  };
  if (responder.refuses(head)) throw networkError("ECONNREFUSED");
  const bodyText = request.body === null ? undefined : await request.text();
  const work = responder.deliver({ ...head, bodyText }, () => signal);
  const delivery = await endedBy(signal, work);
  const response = await toResponse(delivery, signal, responder);
  Object.defineProperty(response, "url", { value: request.url });
  return response;
}

async function toResponse(delivery: Delivery, signal: AbortSignal, responder: Responder): Promise<Response> {
  switch (delivery.kind) {
    case "response":
      return toFetchResponse(delivery.response);
    case "disconnect":
      throw networkError(delivery.code);
    case "stall":
      if (!delivery.response) return silence(signal, responder);
      return halfOf(delivery.response, signal, (controller) => {
        responder.whenHungUp(() => controller.error(brokenOff()));
      });
    case "cut":
      return halfOf(delivery.response, signal, (controller) => controller.error(brokenOff()));
  }
}

/** The headers and half of the body; then `end` decides. An abort always ends it. */
function halfOf(
  response: HttpResponse,
  signal: AbortSignal,
  end: (controller: ReadableStreamDefaultController<Uint8Array>) => void,
): Response {
  const half = new TextEncoder().encode(firstHalf(response.body));
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    },
    pull(controller) {
      if (sent) {
        end(controller);
        return new Promise(() => {});
      }
      sent = true;
      controller.enqueue(half);
      return undefined;
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

/** No response, until the client or the server ends the exchange. */
function silence(signal: AbortSignal, responder: Responder): Promise<never> {
  const hangUp = new Promise<never>((_, reject) =>
    responder.whenHungUp(() => reject(networkError("ECONNRESET"))),
  );
  return endedBy(signal, hangUp);
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
