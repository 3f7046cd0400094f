import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const installed = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs on this machine; `undefined` if there is none. */
export function postgresPrograms() {
  const folders = existsSync(installed) ? readdirSync(installed) : [];
  const found = folders
    .map((version) => join(installed, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  return found;
}

/**
 * Starts a PostgreSQL of its own in a temporary folder, which asks for passwords.
 *
 * @param {string} programs
 * @param {string} password of its user `postgres`
 */
export async function startPostgres(programs, password) {
  const folder = mkdtempSync(join(tmpdir(), "rotation-"));
  const data = join(folder, "data");
  const port = await freePort();
  // PostgreSQL refuses to run as root.
  const asUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if ("uid" in asUser) await run("chown", ["65534:65534", folder]);
  const options = { ...asUser, cwd: folder, env: { ...process.env, HOME: folder } };
  const echo = ["-c", 'printf %s "$1" > "$2"', "sh", password, join(folder, "password")];
  await run("sh", echo, options);
  const pwfile = `--pwfile=${join(folder, "password")}`;
  await run(
    join(programs, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "scram-sha-256", pwfile, "-N"],
    options,
  );
  const server = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off`;
  const log = join(folder, "log");
  await run(join(programs, "pg_ctl"), ["-D", data, "-o", server, "-l", log, "-w", "start"], options);
  return {
    port,
    async stop() {
      await run(join(programs, "pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"], options);
      await rm(folder, { recursive: true });
    },
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
