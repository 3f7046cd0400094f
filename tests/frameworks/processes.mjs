import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** A process that takes longer hangs. */
const patience = 300_000;

/**
 * @typedef {Readonly<Record<string, string>>} Variables
 * @typedef {{ code: number | null, output: string }} Ended
 */

/**
 * Runs Node in an application until it ends.
 *
 * @param {string} application its folder
 * @param {readonly string[]} args
 * @param {Variables} [variables] its environment
 * @returns {Promise<Ended>}
 */
export async function runNode(application, args, variables = {}) {
  const { ended } = spawnNode(application, args, variables);
  return ended;
}

/**
 * Starts a server in an application, until it listens or ends.
 *
 * @param {string} application its folder
 * @param {readonly string[]} args for Node
 * @param {Variables} variables its environment
 * @returns {Promise<{ url: string, stop(): Promise<Ended> } | Ended>} how it ended, if it did not listen
 */
export async function startServer(application, args, variables) {
  const PORT = String(await freePort());
  const { child, output, ended } = spawnNode(application, args, { HOST: "127.0.0.1", PORT, ...variables });
  const listening = new Promise((resolve) => {
    child.stdout.on("data", () => output().includes("Listening on") && resolve(undefined));
  });
  const end = await Promise.race([listening, ended]);
  if (end !== undefined) return /** @type {Ended} */ (end);
  const stop = () => {
    child.kill();
    return ended;
  };
  return { url: `http://127.0.0.1:${PORT}`, stop };
}

/**
 * @param {string} application
 * @param {readonly string[]} args
 * @param {Variables} variables
 */
function spawnNode(application, args, variables) {
  // In the application, so that what is written there is searched too.
  const HOME = join(application, "home");
  mkdirSync(HOME, { recursive: true });
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: application,
    env: { PATH, HOME, TMPDIR: HOME, NO_COLOR: "1", NUXT_TELEMETRY_DISABLED: "1", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  /** @type {Promise<Ended>} */
  const ended = once(child, "close").then(([code]) => ({ code, output: printed }));
  return { child, output: () => printed, ended };
}

/** Gives a port that nobody listens at: the frameworks do not say which one they have taken. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is not an address.");
  return address.port;
}
