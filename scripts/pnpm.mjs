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
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const { status, stdout, stderr } = spawnSync("npx", ["--yes", packageManager, ...args], {
    cwd: root,
    env: { ...process.env, DO_NOT_TRACK: "1", TURBO_TELEMETRY_DISABLED: "1" },
    stdio: quiet ? "pipe" : ["ignore", "inherit", "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    shell: process.platform === "win32",
  });
  if (status !== 0 && quiet) process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  return status === 0;
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
