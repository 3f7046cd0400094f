import { mostOpenSockets } from "./open-sockets.mjs";
import { checkSubject } from "./subject.mjs";

// A process of its own for each subject, as a user's program has one SDK: its heap, its compiled code, its sockets.

/**
 * @typedef {object} Task
 * @property {"getSecret" | "listSecrets" | "listSecretsWithImports"} call
 * @property {number} calls
 * @property {number} concurrency
 * @property {boolean} [distinct] whether every call asks for another secret
 *
 * @typedef {object} Figures
 * @property {number} cpu user and system time of all threads, in microseconds for each call
 * @property {number} wall in microseconds for each call
 * @property {number} heap after a collection, in bytes
 * @property {number} peakRss in bytes
 * @property {number} sockets how many were open at once
 */

const [file = "", siteUrl = ""] = process.argv.slice(2);
const { createSubject } = await import(file);
/** @type {import("./subject.mjs").Subject} */
const subject = createSubject(siteUrl);
let asked = 0;

/** @param {Task} task */
async function run({ call, calls, concurrency, distinct = false }) {
  let next = 0;
  const caller = async () => {
    while (next < calls) {
      next += 1;
      if (call === "getSecret") await subject.getSecret(distinct ? `NAME_${asked++}` : "DATABASE_URL");
      else await subject[call]();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
}

/**
 * @param {Task} task
 * @returns {Promise<Figures>}
 */
async function measure(task) {
  globalThis.gc?.();
  mostOpenSockets();
  const begun = performance.now();
  const before = process.cpuUsage();
  await run(task);
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - begun) * 1000;
  globalThis.gc?.();
  return {
    cpu: (user + system) / task.calls,
    wall: wall / task.calls,
    heap: process.memoryUsage().heapUsed,
    peakRss: process.resourceUsage().maxRSS * 1024,
    sockets: mostOpenSockets(),
  };
}

process.on("message", (message) => {
  const task = /** @type {Task | "check"} */ (message);
  const answer = task === "check" ? checkSubject(subject).then(() => "checked") : measure(task);
  answer.then((figures) => process.send?.(figures));
});
process.send?.("ready");
