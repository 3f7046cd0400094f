import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A build that takes longer hangs. */
const patience = 600_000;

/** Where Next.js writes besides its own folder: in the application, so that it is searched too. */
const written = { HOME: "home", TMPDIR: "temporary" };

/**
 * @typedef {object} Settings
 * @property {string} application its folder
 * @property {Readonly<Record<string, string>>} variables what the application is to find in its environment
 */

/**
 * Runs `next build`, on nothing that an earlier build or run has left.
 *
 * @param {Settings} settings
 * @param {readonly string[]} flags
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function buildNext(settings, flags) {
  for (const folder of [".next", ...Object.values(written)]) {
    rmSync(join(settings.application, folder), { recursive: true, force: true });
  }
  return new Promise((resolve, reject) => {
    const { child, output } = spawnNext(settings, ["build", ...flags]);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: output() }));
  });
}

/**
 * Runs `next start` on a free port, until it answers requests.
 *
 * @param {Settings} settings
 * @returns {Promise<{ url: string, output(): string, stop(): Promise<void> }>}
 */
export async function startNext(settings) {
  const { child, output } = spawnNext(settings, ["start", "--port", "0", "--hostname", "127.0.0.1"]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  const ready = new Promise((resolve) => {
    child.stdout.on("data", () => output().includes("Ready in") && resolve("ready"));
  });
  const stop = async () => {
    child.kill();
    await ended;
  };
  await Promise.race([ready, ended]);
  const [url] = /(?<=Local: +)http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
  if (url !== undefined && child.exitCode === null) return { url, output, stop };
  await stop();
  throw new Error(`next start gave no address:\n${output()}`);
}

/**
 * @param {Settings} settings
 * @param {readonly string[]} args
 */
function spawnNext({ application, variables }, args) {
  const [HOME, TMPDIR] = [join(application, written.HOME), join(application, written.TMPDIR)];
  for (const folder of [HOME, TMPDIR]) mkdirSync(folder, { recursive: true });
  const { PATH = "" } = process.env;
  const env = { PATH, HOME, TMPDIR, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", ...variables };
  const program = join(application, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [program, ...args], {
    cwd: application,
    // Next.js has types that ask for NODE_ENV; its commands set it themselves.
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  return { child, output: () => printed };
}
