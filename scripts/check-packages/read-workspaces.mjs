import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {Record<string, string>} Versions
 * @typedef {{ private?: boolean, dependencies?: Versions, devDependencies?: Versions, peerDependencies?: Versions, optionalDependencies?: Versions }} Manifest
 * @typedef {{ file: string, manifest: Manifest }} Workspace a package.json, its path from the repository's folder
 */

/**
 * Reads the package.json of every workspace, published or not.
 *
 * @param {string} root the workspace's folder
 * @returns {Workspace[]}
 */
export function readWorkspaces(root) {
  return ["", ...foldersOf(root)]
    .map((folder) => `${folder}package.json`)
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, manifest: JSON.parse(readFileSync(join(root, file), "utf8")) }));
}

/**
 * Gives the folders that may be workspaces: those at the top, and those in them.
 *
 * @param {string} root
 * @returns {string[]}
 */
function foldersOf(root) {
  return subfolders(root).flatMap((top) => [
    `${top}/`,
    ...subfolders(join(root, top)).map((name) => `${top}/${name}/`),
  ]);
}

/** @param {string} folder */
function subfolders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
    .map(({ name }) => name);
}
