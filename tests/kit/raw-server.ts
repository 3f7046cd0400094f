import http from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { certificate, privateKey } from "./certificates.ts";

/** A server on a socket, and the connections that it has accepted. */
export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** Every connection so far, in order. */
  readonly connections: Socket[];
  /** The largest number of connections open at the same time. */
  mostOpen(): number;
}

/** Starts a server that ends with the test. */
export async function listen(
  server: net.Server,
  { scheme = "http", host = "127.0.0.1" } = {},
): Promise<RawServer> {
  const connections: Socket[] = [];
  let open = 0;
  let most = 0;
  server.on("connection", (socket: Socket) => {
    connections.push(socket);
    most = Math.max(most, ++open);
    socket.on("close", () => open--);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of connections) socket.destroy();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://${host}:${port}`, port, connections, mostOpen: () => most };
}

/** Starts an HTTP server. */
export function serve(listener: http.RequestListener, options: http.ServerOptions = {}): Promise<RawServer> {
  return listen(http.createServer({ keepAliveTimeout: 60_000, ...options }, listener));
}

/** Starts an HTTPS server whose certificate `authority` has signed. */
export function serveSecurely(
  listener: http.RequestListener,
  { host, ...options }: https.ServerOptions & { host?: "localhost" | "127.0.0.1" } = {},
): Promise<RawServer> {
  const server = https.createServer({ cert: certificate, key: privateKey, ...options }, listener);
  return listen(server, { scheme: "https", ...(host && { host }) });
}

/** Starts a TCP server that hands over its connections. */
export function serveSockets(onSocket: (socket: Socket) => void): Promise<RawServer> {
  return listen(net.createServer(onSocket));
}

/** Starts a server that responds to every request with these bytes. */
export function serveBytes(bytes: string | Uint8Array): Promise<RawServer> {
  return serveSockets((socket) => socket.once("data", () => socket.end(bytes)));
}

/** The response of a server of `startAnswering`. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
}

/** Starts an HTTP server whose responses no Infisical sends. It logs its requests as "METHOD /path". */
export async function startAnswering(
  answer: (request: { method: string; path: string; body: string }, count: number) => Answer | "silence",
): Promise<{ siteUrl: string; requests: string[] }> {
  const requests: string[] = [];
  const { url: siteUrl } = await serve((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "" } = incoming;
      const path = url.split("?")[0] ?? "";
      requests.push(`${method} ${path}`);
      const response = answer({ method, path, body: Buffer.concat(chunks).toString() }, requests.length);
      if (response === "silence") return;
      const { status = 200, headers = {}, body = {} } = response;
      const isText = typeof body === "string";
      outgoing.writeHead(status, isText ? headers : { "content-type": "application/json", ...headers });
      outgoing.end(status === 304 || status === 204 ? undefined : isText ? body : JSON.stringify(body));
    });
  });
  return { siteUrl, requests };
}
