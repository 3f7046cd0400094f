import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** What a script imports that is neither ours nor part of Node, however far away. */
export function importsOfOthers(file: string, seen: Set<string> = new Set()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName.startsWith("node:")) return [];
    return fileName.startsWith(".") ? importsOfOthers(join(dirname(file), fileName), seen) : [fileName];
  });
}
