import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../scripts/read-text.mjs";

/** What of the repository is a page, or a picture on one, as paths from its folder. */
const included = [
  /^(?:README|ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$/,
  /^docs\/(?:[\w-]+\/)?[\w-]+\.(?:md|svg)$/,
  /^packages\/[\w-]+\/README\.md$/,
  /^examples\/README\.md$/,
];

/**
 * Whether a file of the repository is on the site.
 *
 * @param {string} file its path from the repository's folder
 */
export function isOnSite(file) {
  return included.some((pattern) => pattern.test(file));
}

/**
 * Copies the files that are on the site, each to the path that it has in the repository.
 *
 * @param {string} root the repository's folder
 * @param {string} target
 */
export function copyPages(root, target) {
  const folders = ["", "docs", ...subfolders(root, "docs"), ...subfolders(root, "packages"), "examples"];
  for (const folder of folders) {
    mkdirSync(join(target, folder), { recursive: true });
    const files = readdirSync(join(root, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`));
    for (const file of files.filter(isOnSite)) writeFileSync(join(target, file), readText(join(root, file)));
  }
}

/**
 * @param {string} root
 * @param {string} folder
 */
function subfolders(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
}
