import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a test file says that changes its process, or counts what goes on in it. */
const changesItsProcess = [
  /\bvi\.(?:mock|doMock|resetModules|stubGlobal|stubEnv|useFakeTimers)\b/,
  /\bprocess\.env(?:\.\w+|\[[^\]]*\])? *=(?!=)|\bdelete process\.env\b/,
  /\bprocess\.(?:on|once|off|chdir|emitWarning|getActiveResourcesInfo)\b|[(,] *process *[,)]/,
  /\bglobalThis\b|\.prototype\b|PrototypeOf\(/,
  /node:(?:inspector|async_hooks|diagnostics_channel|v8|vm)\b/,
  /\bwarningsOf\b/,
];

/**
 * Finds the test files that need a process of their own. The others share one, which loads the packages once.
 *
 * @param root the workspace's folder
 * @returns their paths from that folder
 */
export function filesWithOwnProcess(root: string): string[] {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/test`);
  return ["tests", ...packages]
    .flatMap((folder) => testFiles(root, folder))
    .filter((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return changesItsProcess.some((sign) => sign.test(text));
    });
}

/** The test files below a folder, without those of installed packages. */
function testFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : testFiles(root, path);
    return entry.name.endsWith(".test.ts") ? [path] : [];
  });
}
