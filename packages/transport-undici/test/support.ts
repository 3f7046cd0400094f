import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createPlainServer,
  type Server,
  type Socket,
} from "node:net";
import type { Transport, TransportRequest, TransportResponse } from "@infisical/core";
import { TransportError } from "@infisical/core";
import { expect, onTestFinished } from "vitest";
import { key, trusted } from "./certificates.ts";

/** What a token looks like in tests: it must not appear in an error. */
export const token = "st.sentinel-token";

/** A server that runs until the test ends. */
export interface Running {
  readonly port: number;
  readonly origin: string;
  /** How many connections it has taken. */
  readonly connections: () => number;
}

async function open(server: Server, scheme: string, host = "127.0.0.1"): Promise<Running> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `${scheme}://${host}:${port}`, connections: () => connections };
}

/** A server of HTTP. */
export function startServer(listener: RequestListener): Promise<Running> {
  return open(createServer({ keepAliveTimeout: 0 }, listener), "http");
}

/** A server of HTTPS, whose certificate the authority of `certificates.ts` has signed. */
export function startSecureServer(listener: RequestListener): Promise<Running> {
  return open(createSecureServer({ key, cert: trusted }, listener), "https", "localhost");
}

/** A server that does with its sockets what it likes. */
export function startPlainServer(onSocket: (socket: Socket) => void): Promise<Running> {
  return open(createPlainServer(onSocket), "http");
}

/** Opens another kind of server. */
export function startOther(server: Server, scheme: string): Promise<Running> {
  return open(server, scheme, "localhost");
}

/** A proxy that opens tunnels, or refuses to. */
export async function startProxy({ status = 200 }: { readonly status?: number } = {}) {
  const tunnels: string[] = [];
  const credentials: (string | undefined)[] = [];
  const server = createServer((_request, response) => {
    response.statusCode = status === 200 ? 500 : status;
    response.end("from the proxy");
  });
  server.on("connect", ({ url = "", headers }, client: Socket) => {
    tunnels.push(url);
    credentials.push(headers["proxy-authorization"]);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const target = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    for (const end of [client, target]) end.on("error", () => undefined);
    client.on("close", () => target.destroy());
  });
  const { origin } = await open(server, "http");
  return { origin, tunnels, credentials };
}

/** Sends a request that carries a token. */
export function send(
  transport: Transport,
  url: string,
  request: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  const { method = "GET", signal = new AbortController().signal } = request;
  const headers = { authorization: `Bearer ${token}`, ...request.headers };
  return transport({ url, method, body: request.body, idempotent: method === "GET", signal, headers });
}

/** The error of an exchange, after a look at what every one promises. */
export async function failureOf(pending: Promise<TransportResponse>): Promise<TransportError> {
  const error = await pending.then(
    ({ status }) => Promise.reject(new Error(`It resolves with status ${status}.`)),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportError);
  expect(error).not.toHaveProperty("cause");
  expect(String(error)).not.toContain(token);
  return error as TransportError;
}

/** A promise, and what ends it. */
export function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
