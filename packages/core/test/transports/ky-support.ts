import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { TransportRequest } from "../../src/contracts/transport.ts";
import type { TransportError } from "../../src/errors/transport-error.ts";
import type { Fetch, FetchInit, FetchResponse } from "../../src/ky.ts";

/** A token that no text may hold. */
export const token = "Bearer st.hush-hush-0123456789";

/** A request as a client makes it. */
export function requestTo(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  const headers = { authorization: token, "content-type": "application/json" };
  return { method: "GET", url, headers, idempotent: true, signal: new AbortController().signal, ...changes };
}

/** A request that must not be sent twice. */
export function writeTo(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return requestTo(url, {
    method: "POST",
    body: '{"clientSecret":"whispered"}',
    idempotent: false,
    ...changes,
  });
}

/** A server on a socket, closed when the test is over. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://localhost:${await listen(createServer(listener))}`;
}

/** A server that answers with what it was sent. */
export function serveEcho(): Promise<string> {
  return serve(async (request, response) => {
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers, body: await bodyOf(request) }));
  });
}

/** A server that hands over connections. */
export async function serveSockets(onSocket: (socket: Socket) => void): Promise<string> {
  return `http://localhost:${await listen(createTcpServer(onSocket))}`;
}

/** An address that nobody listens at. */
export async function refusedAddress(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}`;
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

/** A `fetch` that notes how it was called and gives a response. */
export function recordingFetch(respond: () => unknown = () => new Response("ok")): {
  fetch: Fetch;
  calls: [url: string, init: FetchInit][];
} {
  const calls: [string, FetchInit][] = [];
  return {
    calls,
    fetch: async (...call) => {
      calls.push(call);
      return respond() as FetchResponse;
    },
  };
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<TransportError> {
  try {
    await promise;
  } catch (error) {
    return error as TransportError;
  }
  throw new Error("It did not fail.");
}
