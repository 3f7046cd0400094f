import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../read-text.mjs";

/** @typedef {{ file: string, text: string }} Changeset a file of the folder .changeset */

/**
 * Reads the changesets whose changes no version holds yet.
 *
 * @param {string} root the repository's folder
 * @returns {Changeset[]}
 */
export function waitingChangesets(root) {
  const folder = join(root, ".changeset");
  const pre = join(folder, "pre.json");
  // Between pre-releases, changesets that have been released stay for the release itself.
  const released = existsSync(pre) ? JSON.parse(readFileSync(pre, "utf8")).changesets : [];
  return readdirSync(folder)
    .filter((file) => isChangeset(file) && !released.includes(file.slice(0, -".md".length)))
    .map((file) => ({ file: `.changeset/${file}`, text: readText(join(folder, file)) }));
}

/** @param {string} file */
export function isChangeset(file) {
  return file.endsWith(".md") && !/(?:^|\/)README\.md$/.test(file);
}

/**
 * Gives the packages that a changeset is about; none means that it asks for no release.
 *
 * @param {string} text
 * @returns {string[]} their names
 * @throws {Error} if the text is not a changeset, so that a broken one does not pass for an empty one
 */
export function packagesOf(text) {
  const front = /^---\r?\n([\s\S]*?)^---$/m.exec(text)?.[1];
  if (front === undefined)
    throw new Error(`A changeset must begin with packages between "---" lines: ${text}`);
  const lines = front.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const name = /^["']?([^"':\s]+)["']?\s*:\s*(?:patch|minor|major)\s*$/.exec(line)?.[1];
    if (name === undefined) throw new Error(`A changeset must name packages and kinds of change: ${line}`);
    return name;
  });
}
