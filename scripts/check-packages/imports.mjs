import ts from "typescript";

/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Returns what a source file imports, as it is written there.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function specifiers(text) {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/**
 * Returns the name of the package that an import is from.
 *
 * @param {string} specifier
 */
export function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/**
 * Returns the packages of ours that a package imports, by their folders.
 *
 * @param {Package} each
 */
export function importedPackages({ folder, sources }) {
  const names = sources.flatMap(({ text }) => specifiers(text).map(packageName));
  const ours = names
    .filter((name) => name.startsWith("@infisical/"))
    .map((name) => name.slice("@infisical/".length));
  return [...new Set(ours)].filter((name) => name !== folder).sort();
}
