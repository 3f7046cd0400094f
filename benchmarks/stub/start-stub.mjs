import { fork } from "node:child_process";
import { once } from "node:events";
import { certificateFile } from "./certificate.mjs";

/**
 * Where the stub listens.
 *
 * @typedef {object} Stub
 * @property {string} siteUrl over http
 * @property {string} tlsSiteUrl over https
 * @property {string} certificateFile what a process must trust to use `tlsSiteUrl`
 */

/**
 * Starts the stub in a process of its own, so that its work is not counted.
 *
 * @returns {Promise<Stub & { stop: () => void }>}
 */
export async function startStub() {
  const stub = fork(new URL("server.mjs", import.meta.url));
  const [{ http, https }] = await once(stub, "message");
  return {
    siteUrl: `http://127.0.0.1:${http}`,
    tlsSiteUrl: `https://127.0.0.1:${https}`,
    certificateFile,
    stop: () => stub.kill(),
  };
}
