import { blocksOf, type CodeBlock } from "../documentation/markdown-blocks.mjs";

/** What a reader does at a block of a page: write a file, or enter a line in a terminal. */
export type Step = { readonly file: string; readonly text: string } | { readonly command: string };

/**
 * Reads what a section of a page tells its reader to do, in order.
 *
 * The first line of a file's block names it in a comment. JSON has no comments, so the sentence before the block does.
 *
 * @param page the text of a Markdown file
 * @param heading of the section, without `## `
 */
export function readSteps(page: string, heading: string): Step[] {
  const start = page.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`The page has no section "${heading}".`);
  const end = page.indexOf("\n## ", start + 1);
  const section = page.slice(start, end < 0 ? undefined : end);
  return blocksOf(heading, section).flatMap((block) => stepsOf(block, section));
}

function stepsOf(block: CodeBlock, section: string): Step[] {
  const { language, code } = block;
  if (language === "sh") {
    return code
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((command) => ({ command }));
  }
  if (language === "json") return [{ file: nameBefore(block, section), text: code }];
  const [, file] = /^(?:\/\/|#) (\S+)\n/.exec(code) ?? [];
  if (file === undefined) throw new Error(`The block at line ${block.line} names no file:\n${code}`);
  return [{ file, text: code }];
}

/** The last name of a JSON file before a block. */
function nameBefore({ line }: CodeBlock, section: string): string {
  const before = section
    .split("\n")
    .slice(0, line - 1)
    .join("\n");
  const name = [...before.matchAll(/`([\w.-]+\.json)`/g)].at(-1)?.[1];
  if (name === undefined) throw new Error(`No sentence before line ${line} names the file of its block.`);
  return name;
}
