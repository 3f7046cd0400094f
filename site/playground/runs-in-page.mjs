import ts from "typescript";
import { readText } from "../../scripts/read-text.mjs";
import { freeNames } from "../../tests/documentation/free-names.mjs";

/** Names of what only Node has, and of what opens one of its ports. */
const onlyOnNode = ["Buffer", "listen"];

/**
 * What an example can import in the page, by its name.
 *
 * @type {Pick<import("./manifest.ts").Manifest, "modules">}
 */
const { modules } = JSON.parse(readText(new URL("./generated/manifest.json", import.meta.url)));

/**
 * Tells whether an example runs in a page: it imports nothing that a page lacks, and opens no port.
 *
 * @param {string} code
 */
export function runsInPage(code) {
  const imported = ts.preProcessFile(code).importedFiles.map(({ fileName }) => fileName);
  const free = freeNames(code);
  return imported.every((name) => Object.hasOwn(modules, name)) && !onlyOnNode.some((name) => free.has(name));
}
