import { readFileSync } from "node:fs";

/**
 * What users import.
 *
 * @typedef {object} Entry
 * @property {string} name such as `@infisical/core/ky`
 * @property {string} file its source, from the folder of the repository
 * @property {string} folder the name of the package's folder
 */

/**
 * Lists what users import, a package before those that are built on it.
 *
 * @param {string} root the folder of the repository
 * @returns {Entry[]}
 */
export function readEntries(root) {
  const { compilerOptions } = readJson(`${root}tsconfig.json`);
  return Object.entries(compilerOptions.paths)
    .filter(([name]) => name.startsWith("@"))
    .map(([name, [path]]) => ({ name, file: path.replace(/^\.\//, ""), folder: name.split("/")[1] ?? "" }))
    .map((entry) => ({ entry, depth: depthOf(root, entry.folder) }))
    .sort((one, other) => one.depth - other.depth)
    .map(({ entry }) => entry);
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {number} how many packages of the repository are below it
 */
function depthOf(root, folder) {
  const { dependencies = {}, peerDependencies = {} } = readJson(`${root}packages/${folder}/package.json`);
  const own = Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name.startsWith("@infisical/"))
    .map((name) => depthOf(root, name.split("/")[1] ?? ""));
  return own.length === 0 ? 0 : 1 + Math.max(...own);
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
