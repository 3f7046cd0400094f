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
 * Writes each block into a file of its own, with an import of the placeholders that it uses.
 *
 * @param {readonly import("./markdown-blocks.mjs").CodeBlock[]} blocks
 * @returns {Map<string, import("./markdown-blocks.mjs").CodeBlock>} the blocks by the path of their file
 */
export function writeExamples(blocks) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return new Map(
    blocks.map((block) => {
      const path = join(folder, `${block.file.replaceAll(/[^\w-]+/g, "_")}_${block.line}.ts`);
      const free = freeNames(block.code);
      const names = placeholders.filter((name) => free.has(name));
      // On the line of the first statement, so that line numbers stay those of the block.
      writeFileSync(path, `import { ${names.join(", ")} } from "../placeholders.ts"; ${block.code}`);
      return [path, block];
    }),
  );
}
