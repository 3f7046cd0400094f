import { docstringExamples } from "../../tests/documentation/docstring-examples.mjs";
import { isCompiled } from "../../tests/documentation/example-blocks.mjs";
import { markdownBlocks } from "../../tests/documentation/markdown-blocks.mjs";
import { exampleModules } from "../../tests/documentation/write-examples.mjs";

/** @typedef {ReturnType<typeof exampleModules>[number]} Example */

/**
 * Reads the examples that the tests of the documentation compile: those of docstrings, then those of Markdown files.
 *
 * @param {string} root the repository's folder
 * @returns {Example[]}
 */
export function readExamples(root) {
  const blocks = markdownBlocks(root).filter(isCompiled);
  return exampleModules([...docstringExamples(root), ...blocks]);
}
