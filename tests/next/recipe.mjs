import { fileURLToPath } from "node:url";
import { readText } from "../../scripts/read-text.mjs";
import { blocksOf } from "../documentation/markdown-blocks.mjs";

const path = "docs/recipes/nextjs.md";

/**
 * Gives the files of the recipe for Next.js: those of its blocks whose first line names a file.
 *
 * @returns {Map<string, string>} the code by the file's path in an application
 * @throws {Error} The client is not among them.
 */
export function recipeFiles() {
  const text = readText(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const named = blocksOf(path, text).flatMap(({ code }) => {
    const [, file = "", rest = ""] = /^\/\/ (\S+\.tsx?)\n([\s\S]*)$/.exec(code) ?? [];
    return file === "" ? [] : [/** @type {const} */ ([file, rest])];
  });
  const files = new Map(named);
  if (!files.has("lib/infisical.ts")) throw new Error(`${path} has no block for lib/infisical.ts.`);
  return files;
}

/**
 * What the tests change in the recipe's client.
 *
 * @type {readonly (readonly [part: string | RegExp, replacement: string])[]}
 */
const changes = [
  // It shows readers what is printed, and is nothing for a module that others import.
  [/^console\.log\(.*\n/m, ""],
  [/^/, 'import { chosenTransport } from "./transport";\n'],
  ["new InfisicalSDK({", "new InfisicalSDK({\n    transport: chosenTransport(),"],
  // So that no request is answered with what an earlier one has read.
  ['ttl: "1m"', 'ttl: "1ms"'],
];

/**
 * Changes the recipe's client so that its transport is chosen, and its cache lets values go at once.
 *
 * @param {string} code of `lib/infisical.ts`
 */
export function testable(code) {
  return changes.reduce((changed, [part, replacement]) => {
    const result = changed.replace(part, replacement);
    if (result === changed)
      throw new Error(`lib/infisical.ts of ${path} has no ${part}, which tests replace.`);
    return result;
  }, code);
}
