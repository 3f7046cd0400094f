import { readText } from "../../scripts/read-text.mjs";
import { projectFiles } from "./project-files.mjs";

/**
 * Reads the code behind every `@example` in the packages' sources.
 *
 * @param {string} root the workspace's folder
 * @returns {import("./markdown-blocks.mjs").CodeBlock[]}
 */
export function docstringExamples(root) {
  return projectFiles(root, ["packages/*/src/*.ts"]).flatMap((file) =>
    examplesOf(file, readText(`${root}/${file}`)),
  );
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {import("./markdown-blocks.mjs").CodeBlock[]}
 */
export function examplesOf(file, text) {
  const example = /^ *\* @example *\n((?: *\*(?!\/| @).*\n)+)/gm;
  return [...text.matchAll(example)].map(({ 0: whole, 1: lines = "", index }) => ({
    file,
    line: text.slice(0, index + whole.length - lines.length).split("\n").length,
    language: "ts",
    note: "",
    code: lines.replaceAll(/^ *\* ?/gm, ""),
  }));
}
