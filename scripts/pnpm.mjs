import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the workspace. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs the pnpm that package.json names, wherever it comes from.
 *
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [options] quiet: show the output only if it fails
 * @returns {boolean} whether it succeeded
 */
export function pnpm(args, { quiet = false } = {}) {
  const { status, stdout, stderr } = spawnPnpm(args, quiet ? "pipe" : ["ignore", "inherit", "inherit"]);
  if (status !== 0 && quiet) process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  return status === 0;
}

/**
 * Runs pnpm for what it prints.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options] cwd: the workspace's folder unless told
 * @returns {string} its standard output
 */
export function pnpmOutput(args, { cwd } = {}) {
  const { status, stdout, stderr } = spawnPnpm(args, "pipe", cwd);
  if (status !== 0) throw new Error(`pnpm ${args.join(" ")} failed:\n${stdout ?? ""}${stderr ?? ""}`);
  return stdout;
}

/**
 * @param {readonly string[]} args
 * @param {import("node:child_process").StdioOptions} stdio
 * @param {string} [cwd]
 */
function spawnPnpm(args, stdio, cwd = root) {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  return spawnSync("npx", ["--yes", packageManager, ...args], {
    cwd,
    env: { ...process.env, DO_NOT_TRACK: "1", TURBO_TELEMETRY_DISABLED: "1" },
    stdio,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    shell: process.platform === "win32",
  });
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
 * @param {{ filter?: string }} [options] filter: the packages to build, all of them unless told
 * @returns {boolean} whether it succeeded
 */
export function installAndBuild({ filter } = {}) {
  const build = ["exec", "turbo", "run", "build", ...(filter === undefined ? [] : [`--filter=${filter}`])];
  return install({ quiet: true }) && pnpm(build, { quiet: true });
}
