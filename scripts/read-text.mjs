import { readFileSync } from "node:fs";

/**
 * Reads a text file of the repository with the line ends that it has there, whatever git gives it on this machine.
 *
 * @param {string | URL} file
 * @returns {string}
 */
export function readText(file) {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}
