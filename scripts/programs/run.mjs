import { spawn, spawnSync } from "node:child_process";
import { program } from "./program.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import("node:child_process").StdioOptions} [stdio] all piped by default
 */

/**
 * What a program did.
 *
 * @typedef {object} Ended
 * @property {number | null} status `null` if it could not be started, or was killed
 * @property {string} stdout empty if it is not piped
 * @property {string} stderr empty if it is not piped; why the program could not be started
 */

/**
 * Runs a program such as npm and waits for its end, on Windows as elsewhere.
 *
 * @param {string} command a name to look for in `PATH`, or a path
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Ended}
 */
export function runProgram(command, args, options = {}) {
  const { file, args: quoted, windowsVerbatimArguments } = program(command, args);
  const { status, stdout, stderr, error } = spawnSync(file, quoted, {
    ...options,
    windowsVerbatimArguments,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout: stdout ?? "", stderr: `${error?.message ?? ""}${stderr ?? ""}` };
}

/**
 * Runs a program for what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {string} its standard output
 * @throws {Error} It failed; the message has what it printed.
 */
export function programOutput(command, args, options) {
  const { status, stdout, stderr } = runProgram(command, args, options);
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
}

/**
 * Starts a program such as npm, and does not wait for its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {import("node:child_process").ChildProcess}
 */
export function startProgram(command, args, options = {}) {
  const { file, args: quoted, windowsVerbatimArguments } = program(command, args);
  return spawn(file, quoted, { ...options, windowsVerbatimArguments });
}
