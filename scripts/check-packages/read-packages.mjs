import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../read-text.mjs";

/**
 * @typedef {{ file: string, text: string }} Source a source file, its path from the package's src folder
 * @typedef {{ [field: string]: any, name?: string, version?: string, keywords?: string[], dependencies?: Versions, devDependencies?: Versions, peerDependencies?: Versions, description?: string, exports?: Record<string, any> }} Manifest
 * @typedef {Record<string, string>} Versions
 * @typedef {{ folder: string, manifest: Manifest, readme?: string | undefined, sources: Source[], tests?: Source[] }} Package
 */

/**
 * Reads what is to be checked of every package.
 *
 * @param {string} root the workspace's folder
 * @returns {Package[]}
 */
export function readPackages(root) {
  const packages = join(root, "packages");
  return readManifests(root).map(({ folder, manifest }) => ({
    folder,
    manifest,
    readme: readReadme(join(packages, folder, "README.md")),
    sources: readSources(join(packages, folder, "src")),
    tests: readSources(join(packages, folder, "test")),
  }));
}

/**
 * Reads the package.json of every package.
 *
 * @param {string} root the workspace's folder
 * @returns {{ folder: string, manifest: Manifest }[]}
 */
export function readManifests(root) {
  const packages = join(root, "packages");
  return readdirSync(packages)
    .filter((folder) => existsSync(join(packages, folder, "package.json")))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")),
    }));
}

/**
 * Reads the TypeScript files in a folder, and in the folders in it.
 *
 * @param {string} folder
 * @returns {Source[]}
 */
export function readSources(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, text: readText(join(folder, file)) }));
}

/** @param {string} file */
function readReadme(file) {
  return existsSync(file) ? readText(file) : undefined;
}
