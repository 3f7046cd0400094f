import { join } from "node:path";
import { runProcess } from "./run-process.mjs";

/** @typedef {import("./runtimes.mjs").Runtime} Runtime */

/**
 * Makes the `run` of a runtime that runs a script with the packages next to it.
 *
 * @param {object} options
 * @param {(settings: import("./program/world.mjs").Settings) => readonly string[]} options.args
 * @param {boolean} options.withRequire whether the CommonJS files are tested too
 * @param {boolean} [options.portableOnly] whether only the entries are loaded that use nothing of Node
 * @returns {Runtime["run"]}
 */
export function runScript({ args, withRequire, portableOnly = false }) {
  return (binary, { project, settings, specifiers, portable }) => {
    const task = { settings, specifiers: portableOnly ? portable : specifiers, withRequire };
    const script = join("runtimes", "main.mjs");
    return runProcess(binary, [...args(settings), script, JSON.stringify(task)], project);
  };
}
