import { readFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { announce } from "./announce.mjs";
import { pnpmExecutable } from "./pnpm/executable.mjs";
import { registryAdvice } from "./pnpm/registry-advice.mjs";
import { runProgram } from "./programs/run.mjs";

/** The folder of the workspace. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs the pnpm that is pinned.
 *
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [options] quiet: show the output only if it fails
 * @returns {boolean} whether it succeeded
 */
export function pnpm(args, { quiet = false } = {}) {
  const { status, stdout, stderr } = tryPnpm(args, quiet ? "pipe" : ["ignore", "inherit", "inherit"]);
  if (status === 0) return true;
  const output = `${stdout}${stderr}`;
  const advice = registryAdvice(output);
  process.stderr.write(`${output}${advice === undefined ? "" : `\n${advice}\n`}`);
  return false;
}

/**
 * Runs pnpm for what it prints.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options] cwd: the workspace's folder by default
 * @returns {string} its standard output
 */
export function pnpmOutput(args, { cwd } = {}) {
  const { status, stdout, stderr } = spawnPnpm(args, "pipe", cwd);
  if (status !== 0) throw new Error(`pnpm ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

/**
 * Takes a pnpm that cannot be downloaded for one that fails.
 *
 * @param {readonly string[]} args
 * @param {import("node:child_process").StdioOptions} stdio
 */
function tryPnpm(args, stdio) {
  try {
    return spawnPnpm(args, stdio);
  } catch (error) {
    return { status: 1, stdout: "", stderr: `${error instanceof Error ? error.message : error}\n` };
  }
}

/**
 * @param {readonly string[]} args
 * @param {import("node:child_process").StdioOptions} stdio
 * @param {string} [cwd]
 */
function spawnPnpm(args, stdio, cwd = root) {
  const { command, before, path } = pinnedPnpm();
  return runProgram(command, [...before, ...args], {
    cwd,
    env: { ...process.env, PATH: path, DO_NOT_TRACK: "1", TURBO_TELEMETRY_DISABLED: "1" },
    stdio,
  });
}

/** How to run the pnpm that is pinned. What it runs finds it by the path. */
function pinnedPnpm() {
  const pinned = JSON.parse(readFileSync(`${root}scripts/pnpm/hashes.json`, "utf8"));
  const executable = pnpmExecutable(pinned, `${root}.cache`);
  const { PATH: path = "" } = process.env;
  if (executable !== undefined) {
    return { command: executable, before: [], path: `${dirname(executable)}${delimiter}${path}` };
  }
  const where = `${process.platform}-${process.arch}`;
  if (process.env["CI"] && process.env["PNPM_WITHOUT_HASH"] !== "allowed") {
    throw new Error(`scripts/pnpm/hashes.json has no hash of pnpm for ${where}.`);
  }
  console.warn(`pnpm is not compared with a hash: scripts/pnpm/hashes.json has none for ${where}.`);
  return { command: "npx", before: ["--yes", `pnpm@${pinned.version}`], path };
}

/**
 * Installs what the lockfile names.
 *
 * @param {{ quiet?: boolean }} [options]
 * @returns {boolean} whether it succeeded
 */
export function install(options) {
  return pnpm(["install", "--frozen-lockfile"], options);
}

/**
 * Installs and builds what programs of the repository run with.
 *
 * @param {object} [options]
 * @param {string | readonly string[]} [options.filter] the packages to build, all by default
 * @param {(line: string) => void} [options.print] gets what is being done and how long it took; by default nothing is said
 * @returns {boolean} whether it succeeded
 */
export function installAndBuild({ filter, print = () => undefined } = {}) {
  const filters = [filter ?? []].flat().map((each) => `--filter=${each}`);
  const build = ["exec", "turbo", "run", "build", ...filters];
  const took = "the first time some minutes, later some seconds";
  return (
    announce(`Installing what the repository needs (${took})`, () => install({ quiet: true }), print) &&
    announce(`Building (${took})`, () => pnpm(build, { quiet: true }), print)
  );
}
