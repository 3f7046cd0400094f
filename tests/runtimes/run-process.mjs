import { spawn } from "node:child_process";
import { join } from "node:path";

/** A program that keeps running after its work is done has failed: something of ours keeps it alive. */
const patience = 600_000;

/**
 * Runs a program that prints one line of JSON and ends by itself.
 *
 * @param {string} binary
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<import("./runtimes.mjs").Report>} what it printed, and whether it ended
 */
export function runProcess(binary, args, cwd) {
  return new Promise((resolve, reject) => {
    const { PATH = "", HOME = "" } = process.env;
    const ca = join(cwd, "ca.pem");
    const env = { PATH, HOME, NO_COLOR: "1", NODE_EXTRA_CA_CERTS: ca, DENO_CERT: ca };
    const options = { cwd, env, timeout: patience };
    const child = spawn(binary, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const line = output.split("\n").find((each) => each.startsWith("{"));
      if (!line) return reject(new Error(`It ended with ${code ?? signal}:\n${output}${errors}`));
      const { version, results } = JSON.parse(line);
      const ending = code === 0 ? {} : { error: `It ended with ${code ?? signal}:\n${errors}` };
      resolve({ version, results: [...results, { name: "the program ends by itself", ...ending }] });
    });
  });
}
