import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * Starts the stub in a process of its own, so that its work is not counted.
 *
 * @returns {Promise<{ siteUrl: string, stop: () => void }>}
 */
export async function startStub() {
  const stub = fork(new URL("server.mjs", import.meta.url));
  const [port] = await once(stub, "message");
  return { siteUrl: `http://127.0.0.1:${port}`, stop: () => stub.kill() };
}
