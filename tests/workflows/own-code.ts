import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Why a command that runs Node reaches code of others; nothing where it runs code of ours only, or no Node. */
export function reachesOthers(command: string, root: string): readonly string[] {
  const runs = [...command.matchAll(/\bnode\s+(\S+)/g)].map(([, script = ""]) => script);
  return runs.flatMap((script) => {
    if (!/^scripts\/[\w/-]+\.mjs$/.test(script))
      return ["it runs Node on something else than a file of scripts/"];
    if (!existsSync(join(root, script))) return [`there is no ${script}`];
    return [...importsOf(join(root, script))]
      .filter((specifier) => !specifier.startsWith("node:"))
      .map((specifier) => `${script} imports ${specifier}`);
  });
}

/** What a file imports that is no file of ours, however far away. */
function importsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  const outside = new Set<string>();
  if (seen.has(file)) return outside;
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  for (const { fileName } of importedFiles) {
    if (!fileName.startsWith(".")) outside.add(fileName);
    else for (const each of importsOf(join(dirname(file), fileName), seen)) outside.add(each);
  }
  return outside;
}
