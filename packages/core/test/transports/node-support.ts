import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import type { Transport, TransportRequest, TransportResponse } from "../../src/contracts/transport.ts";
import type { TransportError } from "../../src/errors/transport-error.ts";
import { certificate, privateKey } from "./node-certificates.ts";

/** A server, its address, and what it has seen of connections. */
export interface Server {
  readonly url: string;
  readonly port: number;
  /** Every connection so far, in order. */
  readonly connections: Socket[];
  /** How many were open at a time, at most. */
  readonly mostOpen: () => number;
}

/** Starts a server for HTTP, or for anything over TCP, that ends with the test. */
export async function listen(server: net.Server, { scheme = "http" } = {}): Promise<Server> {
  const connections: Socket[] = [];
  let open = 0;
  let most = 0;
  server.on("connection", (socket) => {
    connections.push(socket);
    most = Math.max(most, ++open);
    socket.on("close", () => open--);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, connections, mostOpen: () => most };
}

/** Starts a server for HTTP. */
export function serve(listener: http.RequestListener, options: http.ServerOptions = {}): Promise<Server> {
  return listen(http.createServer({ keepAliveTimeout: 60_000, ...options }, listener));
}

/** Starts a server for HTTPS, whose certificate `authority` has signed. */
export function serveSecurely(
  listener: http.RequestListener,
  options: https.ServerOptions = {},
): Promise<Server> {
  const server = https.createServer({ cert: certificate, key: privateKey, ...options }, listener);
  return listen(server, { scheme: "https" });
}

/** Starts a server that answers whatever comes with these bytes. */
export function serveBytes(bytes: string | Uint8Array): Promise<Server> {
  return listen(net.createServer((socket) => socket.once("data", () => socket.end(bytes))));
}

/** Starts a proxy that opens tunnels and forwards plain requests; `status` other than 200 refuses tunnels. */
export async function serveProxy({ status = 200 } = {}): Promise<Server & { readonly seen: string[] }> {
  const seen: string[] = [];
  const proxy = http.createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    http.get(incoming.url ?? "", (answer) => {
      response.writeHead(answer.statusCode ?? 500);
      answer.pipe(response);
    });
  });
  proxy.on("connect", (incoming, socket, head) => {
    seen.push(`CONNECT ${incoming.url}`);
    socket.on("error", () => {});
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host, port] = (incoming.url ?? "").split(":");
    const upstream = net.connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
  });
  return { ...(await listen(proxy)), seen };
}

/** Sends a request; it is a read unless it says otherwise. */
export function send(
  transport: Transport,
  url: string,
  changes: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  const { signal } = new AbortController();
  return transport({ method: "GET", url, headers: {}, idempotent: true, signal, ...changes });
}

/** Sends a request that must not be sent twice. */
export function sendWrite(
  transport: Transport,
  url: string,
  changes: Partial<TransportRequest> = {},
): Promise<TransportResponse> {
  return send(transport, url, { method: "POST", body: "{}", idempotent: false, ...changes });
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<TransportError> {
  return promise.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error: TransportError) => error,
  );
}

/** Runs a program that can import the transport as "node-transport", in a process of its own. */
export async function run(program: string, parameters: string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "node-transport-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "program.mjs");
  await writeFile(join(folder, "source.mjs"), program);
  await build({
    entryPoints: [join(folder, "source.mjs")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "node-transport": fileURLToPath(new URL("../../src/node.ts", import.meta.url)) },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...parameters], { timeout: 20_000 });
  return stdout.trim();
}
