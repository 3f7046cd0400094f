import { fork } from "node:child_process";
import { once } from "node:events";
import { subjects } from "./subject.mjs";

/**
 * @typedef {keyof typeof subjects} SubjectName
 * @typedef {{ measure: (task: import("./worker.mjs").Task) => Promise<import("./worker.mjs").Figures>, stop: () => void }} Worker
 */

/**
 * Starts a subject in a process of its own.
 *
 * @param {SubjectName} name
 * @param {string} siteUrl
 * @param {{ check?: boolean }} [options] check: whether it first shows that it does what it is measured for
 * @returns {Promise<Worker>}
 */
export async function startWorker(name, siteUrl, { check = true } = {}) {
  const worker = fork(new URL("worker.mjs", import.meta.url), [subjects[name], siteUrl], {
    execArgv: ["--expose-gc"],
  });
  const died = once(worker, "exit").then(() => {
    throw new Error(`The process of ${name} ended; what it said is above.`);
  });
  died.catch(() => undefined);
  /** @param {unknown} message */
  const ask = async (message) => {
    if (message) worker.send(/** @type {import("node:child_process").Serializable} */ (message));
    const [answer] = await Promise.race([once(worker, "message"), died]);
    return answer;
  };
  await ask(undefined);
  if (check) await ask("check");
  return { measure: ask, stop: () => worker.kill() };
}
