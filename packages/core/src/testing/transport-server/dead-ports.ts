import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";

/** Ports that lead nowhere. */
export interface DeadPorts {
  /** Refuses connections. */
  readonly refused: number;
  /** Takes connections, reads nothing and says nothing. */
  readonly silent: number;
  /** Leaves connections half open; `null` where this machine does not do that. */
  readonly swallowing: number | null;
  /** Gives the ports up. */
  readonly close: () => Promise<void>;
}

const host = "127.0.0.1";

/** Opens the ports, and makes sure that they behave. */
export async function openDeadPorts(): Promise<DeadPorts> {
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
  // The last one only tried. The others stay, or their places in the queue would become free.
  if (isFull) queued.pop()?.destroy();
  const close = async (): Promise<void> => {
    for (const socket of queued) socket.destroy();
    await worker.terminate();
  };
  return { port: isFull ? port : null, close };
}
