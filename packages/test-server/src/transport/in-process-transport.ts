import { type Call, splitTarget } from "../http/call.ts";
import { normalizeHeaders } from "../http/http-response.ts";
import type { Responder } from "../responder.ts";
import type { TestTransport, TestTransportRequest, TestTransportResponse } from "./test-transport.ts";
import { TransportError } from "./transport-error.ts";

/** A transport that the responder answers without sockets, whatever the host. */
export function inProcessTransport(responder: Responder): TestTransport {
  return async (request) => {
    const { body, signal } = request;
    if (signal?.aborted) throw new TransportError("ABORTED", { sent: false });
    const head = headOf(request);
    if (responder.refuses(head)) throw new TransportError("ECONNREFUSED", { sent: false });
    return exchange(responder, { ...head, bodyText: body }, signal);
  };
}

function headOf({ method, url, headers }: TestTransportRequest): Call {
  const target = targetOf(url);
  return { ...splitTarget(target), method, target, headers: normalizeHeaders(headers), bodyText: undefined };
}

/** Accepts a bare path too, since the host does not matter. */
function targetOf(url: string): string {
  try {
    const { pathname, search } = new URL(url, "http://test-server");
    return pathname + search;
  } catch {
    throw new TransportError("ERR_INVALID_URL", { sent: false });
  }
}

/** Settles with the response, the client's signal or the end of the server, whichever comes first. */
function exchange(
  responder: Responder,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<TestTransportResponse> {
  return new Promise((resolve, reject) => {
    let delay: AbortController | undefined;
    const settle = (): void => {
      signal?.removeEventListener("abort", abort);
      forget();
      delay?.abort();
    };
    const fail = (code: "ABORTED" | "ECONNRESET"): void => {
      settle();
      reject(new TransportError(code, { sent: true }));
    };
    const abort = (): void => fail("ABORTED");
    const forget = responder.whenHungUp(() => fail("ECONNRESET"));
    signal?.addEventListener("abort", abort, { once: true });
    const delivery = responder.deliver(call, () => {
      delay = new AbortController();
      return delay.signal;
    });
    delivery.then(
      (delivered) => {
        if (delivered.kind === "stall") return;
        if (delivered.kind !== "response") return fail("ECONNRESET");
        settle();
        resolve(delivered.response);
      },
      (error) => {
        settle();
        reject(error);
      },
    );
  });
}
