import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../scripts/pnpm.mjs";
import { projectFiles } from "../documentation/project-files.mjs";

/**
 * Writes the repository's files, as they are now, into a folder.
 *
 * @param folder a new one
 * @param lineEnd of all text files: git writes CRLF on some machines
 */
export function writeClone(folder: string, lineEnd: "\n" | "\r\n"): void {
  for (const file of projectFiles(root, ["."])) {
    const content = readFileSync(join(root, file));
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    const isText = !content.includes(0);
    writeFileSync(target, isText ? content.toString().replaceAll(/\r?\n/g, lineEnd) : content);
  }
}
