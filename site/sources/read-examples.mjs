import { docstringExamples } from "../../tests/documentation/docstring-examples.mjs";
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
  const blocks = markdownBlocks(root).filter(
    ({ language, note }) => ["ts", "js"].includes(language) && !note.startsWith("not checked: "),
  );
  return exampleModules([...docstringExamples(root), ...blocks]);
}
