import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "../../scripts/read-text.mjs";
import { freeNames } from "./free-names.mjs";

const folder = fileURLToPath(new URL("./generated/", import.meta.url));
const placeholders = [
  ...readText(new URL("./placeholders.ts", import.meta.url)).matchAll(/^export (?:const |\{ )(\w+)/gm),
].map(([, name = ""]) => name);

/**
 * Makes a module of each block, with an import of the placeholders that it uses.
 *
 * @param {readonly import("./markdown-blocks.mjs").CodeBlock[]} blocks
 * @returns {{ block: import("./markdown-blocks.mjs").CodeBlock, path: string, text: string }[]}
 */
export function exampleModules(blocks) {
  return blocks.map((block) => {
    const free = freeNames(block.code);
    const names = placeholders.filter((name) => free.has(name));
    return {
      block,
      path: join(folder, `${block.file.replaceAll(/[^\w-]+/g, "_")}_${block.line}.ts`),
      // On the line of the first statement, so that line numbers stay those of the block.
      text: `import { ${names.join(", ")} } from "../placeholders.ts"; ${block.code}`,
    };
  });
}

/**
 * Writes the module of each block into a file of its own.
 *
 * @param {readonly import("./markdown-blocks.mjs").CodeBlock[]} blocks
 * @returns {Map<string, import("./markdown-blocks.mjs").CodeBlock>} the blocks by the path of their file
 */
export function writeExamples(blocks) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const modules = exampleModules(blocks);
  for (const { path, text } of modules) writeFileSync(path, text);
  return new Map(modules.map(({ path, block }) => [path, block]));
}
