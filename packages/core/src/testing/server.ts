import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import * as certificates from "./server/certificates.ts";
import { createListener } from "./server/listener.ts";
import type { TransportServerAddresses } from "./transport-contract.ts";

export type { SeenRequest, TransportServerAddresses } from "./transport-contract.ts";

/** A running server. */
export interface TransportServer {
  /** Where it can be reached: what `transportContract` needs, here or in another process. */
  readonly addresses: TransportServerAddresses;
  /** Stops it and breaks every remaining connection. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the server that `transportContract` talks to. Runs on Node only, and listens on 127.0.0.1 only.
 *
 * The cases need nothing but its addresses, so they can run in a process or a runtime of their own: hand the
 * addresses over as JSON.
 *
 * @returns The server, once all its ports are open.
 *
 * @example
 * import { startTransportServer } from "@infisical/core/testing/server";
 * const server = await startTransportServer();
 * console.log(JSON.stringify(server.addresses));
 * await server.close();
 */
export async function startTransportServer(): Promise<TransportServer> {
  const listener = createListener();
  // The cases close idle connections, so the server does not.
  const patient = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };
  const over = (cert: string): Server =>
    createHttpsServer({ ...patient, key: certificates.key, cert }, listener);
  const { trusted, untrusted, expired, elsewhere } = certificates;
  const servers: readonly Server[] = [
    createHttpServer(patient, listener),
    ...[trusted, untrusted, expired, elsewhere].map(over),
  ];
  const sockets = new Set<Socket>();
  const [dead, ports] = await Promise.all([
    openDeadPorts(),
    Promise.all(servers.map((server) => open(server, sockets))),
  ]);
  const [http, https, httpsUntrusted, httpsExpired, httpsWrongHost] = ports as [
    ...[number, number, number, number, number],
  ];
  return {
    addresses: {
      http: `http://127.0.0.1:${http}`,
      https: `https://127.0.0.1:${https}`,
      httpsUntrusted: `https://127.0.0.1:${httpsUntrusted}`,
      httpsExpired: `https://127.0.0.1:${httpsExpired}`,
      httpsWrongHost: `https://127.0.0.1:${httpsWrongHost}`,
      refused: `http://127.0.0.1:${dead.refused}`,
      // RFC 6761 reserves `invalid` for names that never resolve.
      unresolvable: `http://nowhere.invalid:${http}`,
      silent: `https://127.0.0.1:${dead.silent}`,
      swallowing: dead.swallowing === null ? null : `http://127.0.0.1:${dead.swallowing}`,
      ca: certificates.authority,
    },
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all([...closed, dead.close()]);
    },
  };
}

/** Opens a server on any free port, and keeps track of its sockets, broken handshakes included. */
async function open(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Ports that lead nowhere. */
interface DeadPorts {
  /** Refuses connections. */
  readonly refused: number;
  /** Accepts connections, but reads nothing and sends nothing. */
  readonly silent: number;
  /** Leaves connections half open; `null` if this machine does not do that. */
  readonly swallowing: number | null;
  /** Releases the ports. */
  readonly close: () => Promise<void>;
}

const host = "127.0.0.1";

/** Opens the ports, and checks that they behave as described. */
async function openDeadPorts(): Promise<DeadPorts> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, "listening");
  const silent = (server.address() as AddressInfo).port;
  // The local port of a connection refuses others, and nobody can listen on it as long as the connection lives.
  const holder = connect(silent, host).on("error", () => undefined);
  await once(holder, "connect");
  const refused = holder.localPort as number;
  const swallower = await openSwallower();
  return {
    refused,
    silent,
    swallowing: swallower.port,
    close: async () => {
      holder.destroy();
      for (const socket of sockets) socket.destroy();
      await Promise.all([new Promise((resolve) => server.close(resolve)), swallower.close()]);
    },
  };
}

/*
 * A port swallows connections when its queue of connections that nobody has accepted is full. Node accepts at every
 * turn of its event loop, so the port belongs to a thread whose loop never turns: it sleeps in the `listening` event.
 */
const sleeper = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "${host}", backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** How many connections may fit into a queue of one: two on Linux. */
const mostQueued = 16;

/** Long enough for a connection to this machine, even a busy one, in milliseconds. */
const longForAConnection = 500;

async function openSwallower(): Promise<{ port: number | null; close: () => Promise<void> }> {
  const worker = new Worker(sleeper, { eval: true });
  worker.unref();
  const [port] = (await once(worker, "message")) as [number];
  const queued: Socket[] = [];
  let isFull = false;
  while (!isFull && queued.length < mostQueued) {
    const socket = connect(port, host).on("error", () => undefined);
    queued.push(socket);
    const outcome = await Promise.race([
      new Promise<"connected">((resolve) => socket.once("connect", () => resolve("connected"))),
      new Promise<"refused">((resolve) => socket.once("close", () => resolve("refused"))),
      new Promise<"pending">((resolve) => setTimeout(() => resolve("pending"), longForAConnection)),
    ]);
    // Windows refuses what does not fit.
    if (outcome === "refused") break;
    isFull = outcome === "pending";
  }
  // The last one was only a probe. The others stay, or the queue would have room again.
  if (isFull) queued.pop()?.destroy();
  const close = async (): Promise<void> => {
    for (const socket of queued) socket.destroy();
    await worker.terminate();
  };
  return { port: isFull ? port : null, close };
}
