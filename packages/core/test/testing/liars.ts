import { request as overHttp } from "node:http";
import { connect, type Socket } from "node:net";
import {
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from "../../src/contracts/transport.ts";
import type { TransportUnderTestOptions } from "../../src/testing/index.ts";
import { referenceTransport } from "./reference-transport.ts";

/** Makes a transport that breaks a promise. */
export type Liar = (options: TransportUnderTestOptions) => Transport;

/** The reference transport, with something wrong about each exchange. */
export function lie(
  change: (request: TransportRequest, right: Transport) => Promise<TransportResponse>,
  options?: TransportUnderTestOptions,
): Liar {
  return (given) => {
    const right = referenceTransport({ ...given, ...options });
    const wrong = (request: TransportRequest): Promise<TransportResponse> => change(request, right);
    return Object.assign(wrong, { maxResponseSize: given.maxResponseSize });
  };
}

/** The reference transport, with something wrong about each error. */
export function misreport(change: (error: TransportError, request: TransportRequest) => Error): Liar {
  return lie((request, right) =>
    right(request).catch((error: TransportError) => {
      throw change(error, request);
    }),
  );
}

/** The reference transport, with something wrong about each response. */
export function distort(change: (response: TransportResponse) => TransportResponse): Liar {
  return lie(async (request, right) => change(await right(request)));
}

/** An error that differs from another in a detail. */
export function like(
  { message, sent, code }: TransportError,
  other: { message?: string; sent?: boolean; code?: string } = {},
): TransportError {
  return new TransportError(other.message ?? message, { sent: other.sent ?? sent, code: other.code ?? code });
}

/** Puts a body together in the way that every tutorial shows, for the addresses that match. */
export function naive(addresses: RegExp, headers: Record<string, string> = {}): Liar {
  return lie((request, right) => {
    const { method, url, body, signal } = request;
    if (method !== "GET" || !addresses.test(url)) return right(request);
    return new Promise((resolve, reject) => {
      const fail = (code?: string): void => reject(new TransportError("failed", { sent: true, code }));
      signal.addEventListener("abort", () => fail("ABORTED"));
      const outgoing = overHttp(url, { method, agent: false, headers: { ...request.headers, ...headers } });
      outgoing.on("error", ({ code }: NodeJS.ErrnoException) => fail(code));
      outgoing.on("response", (incoming) => {
        let text = "";
        incoming.on("data", (chunk) => {
          text += chunk;
        });
        incoming.on("error", ({ code }: NodeJS.ErrnoException) => fail(code));
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, headers: {}, body: text }));
      });
      outgoing.end(body);
    });
  });
}

/** Keeps connections, and does not look whether they still live before it writes to them. */
export function blind(): Transport {
  const idle: Socket[] = [];
  return ({ method, url, body = "" }) =>
    new Promise((resolve, reject) => {
      const { hostname, port, pathname, search } = new URL(url);
      const socket = idle.pop() ?? connect(Number(port), hostname);
      let text = "";
      socket.removeAllListeners().on("data", (chunk) => {
        text += chunk;
        const [, status, length, content] =
          /^HTTP\/1.1 (\d+).*content-length: (\d+).*?\r\n\r\n(.*)$/is.exec(text) ?? [];
        if (content?.length !== Number(length)) return;
        idle.push(socket);
        resolve({ status: Number(status), headers: {}, body: content });
      });
      const fail = (): void => reject(new TransportError("The connection broke.", { sent: true }));
      socket.on("error", fail).on("close", fail);
      const lines = [`Host: ${hostname}:${port}`, `Content-Length: ${Buffer.byteLength(body)}`];
      socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
    });
}
