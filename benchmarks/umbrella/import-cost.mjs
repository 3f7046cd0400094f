import { execFile } from "node:child_process";
import { promisify } from "node:util";

const program = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log(user + system);
`;

/**
 * Imports a file in a fresh process.
 *
 * @param {string} url
 * @returns {Promise<number>} the CPU time of the import, without Node's own start, in milliseconds
 */
export async function importCost(url) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    program,
    url,
  ]);
  return Number(stdout) / 1000;
}
