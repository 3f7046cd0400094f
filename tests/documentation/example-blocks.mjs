/** @typedef {Pick<import("./markdown-blocks.mjs").CodeBlock, "language" | "note">} Fence */

/**
 * Tells whether a block of a Markdown file is an example that has to compile.
 *
 * @param {Fence} fence
 */
export function isCompiled({ language, note }) {
  return ["ts", "js"].includes(language) && !note.startsWith("not checked: ");
}

/**
 * Tells whether a block of a Markdown file is an example that has to run.
 *
 * @param {Fence} fence
 */
export function isRun({ language, note }) {
  return isCompiled({ language, note }) && !note.startsWith("not run: ");
}
