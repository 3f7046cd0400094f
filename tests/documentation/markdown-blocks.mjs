import { readText } from "../../scripts/read-text.mjs";
import { projectFiles } from "./project-files.mjs";

/**
 * A fenced block of a Markdown file.
 *
 * @typedef {object} CodeBlock
 * @property {string} file the Markdown file, from the workspace's folder
 * @property {number} line the line of its first character, from 1
 * @property {string} language
 * @property {string} note what the fence says behind the language
 * @property {string} code
 */

/**
 * Reads the code blocks of every Markdown file that git knows, change notes apart.
 *
 * @param {string} root the workspace's folder
 * @returns {CodeBlock[]}
 */
export function markdownBlocks(root) {
  const files = projectFiles(root, ["*.md", ":!.changeset", ":!*CHANGELOG.md"]);
  return files.flatMap((file) => blocksOf(file, readText(`${root}/${file}`)));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {CodeBlock[]}
 */
export function blocksOf(file, text) {
  const fence = /^( *)```(\S*)[ \t]*(.*)\n([\s\S]*?)^ *```[ \t]*$/gm;
  return [...text.matchAll(fence)].map((match) => {
    const [, indent = "", language = "", note = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length + 1;
    return { file, line, language, note, code: code.replaceAll(new RegExp(`^${indent}`, "gm"), "") };
  });
}
