import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";

/** Forwards bytes between clients and a server in a separate thread, and closes open connections on request. */
const program = `
const { connect, createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const open = new Set();
const server = createServer((client) => {
  const upstream = connect(workerData.port, "127.0.0.1");
  open.add(client).add(upstream);
  for (const [from, to] of [[client, upstream], [upstream, client]]) {
    from.pipe(to);
    from.on("error", () => to.destroy());
    from.on("close", () => { to.destroy(); open.delete(from); });
  }
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
parentPort.on("message", () => {
  for (const socket of open) socket.destroy();
  setImmediate(() => {
    Atomics.store(workerData.closed, 0, 1);
    Atomics.notify(workerData.closed, 0);
  });
});
`;

/** A gateway that closes idle connections without announcing it. */
export function silentGateway() {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  let worker: Worker | undefined;
  return {
    async start(siteUrl: string): Promise<string> {
      const workerData = { port: Number(new URL(siteUrl).port), closed };
      const started = new Worker(program, { eval: true, workerData });
      worker = started;
      onTestFinished(async () => void (await started.terminate()));
      const [port] = await once(started, "message");
      return `http://127.0.0.1:${port}`;
    },
    /** Closes every connection while this thread is blocked, as if it were computing or frozen. */
    closeWhileBlocked(): void {
      Atomics.store(closed, 0, 0);
      worker?.postMessage("close");
      Atomics.wait(closed, 0, 0);
    },
  };
}
