import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a file takes on a disk is whole blocks. */
const block = 4096;

/**
 * What packages and all that they depend on take in node_modules, as `du` counts it.
 *
 * @param {URL} from the folder of a workspace that depends on them
 * @param {readonly string[]} names
 * @returns {number} bytes
 */
export function installSize(from, names) {
  return [...installedPackages(from, names)].reduce((sum, folder) => sum + packageSize(folder), 0);
}

/**
 * Packages and all that they depend on, each once.
 *
 * @param {URL} from the folder of a workspace that depends on them
 * @param {readonly string[]} names
 * @returns {ReadonlySet<string>} their folders
 */
export function installedPackages(from, names) {
  const folders = new Set();
  for (const name of names) collect(fileURLToPath(from), name, folders);
  return folders;
}

/**
 * @param {string} from the folder of the package that depends on it
 * @param {string} name
 * @param {Set<string>} folders
 */
function collect(from, name, folders) {
  const folder = resolve(from, name);
  if (folders.has(folder)) return;
  folders.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const dependency of Object.keys(dependencies)) collect(folder, dependency, folders);
}

/**
 * @param {string} from
 * @param {string} name
 * @returns {string}
 */
function resolve(from, name) {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
  }
  throw new Error(`${name} is not installed; run the benchmarks with npm run bench`);
}

/**
 * A package of the workspace is counted as it is published: without sources, tests and settings.
 *
 * @param {string} folder
 */
function packageSize(folder) {
  const { files } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const ofWorkspace = existsSync(join(folder, "tsup.config.ts")) && !folder.includes("node_modules");
  if (!ofWorkspace) return sizeOf(folder);
  const published = [...files, "package.json", "README.md", "LICENSE"].map((file) => join(folder, file));
  return published.filter((file) => existsSync(file)).reduce((sum, file) => sum + sizeOf(file), block);
}

/**
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return 0;
  if (!status.isDirectory()) return Math.ceil(statSync(path).size / block) * block;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + sizeOf(join(path, name)), block);
}
