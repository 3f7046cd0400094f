import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a test file says that changes its process, or counts what goes on in it. */
const changesItsProcess =
  /\bvi\.(?:mock|doMock|resetModules|stubGlobal|stubEnv|useFakeTimers)\b|\bprocess\b|\bglobalThis\b|\.prototype\b|PrototypeOf\(|node:(?:inspector|async_hooks|diagnostics_channel|v8|vm)\b|\bwarningsOf\b/;

/**
 * Finds the test files that need a process of their own. The others share one, which loads the packages once.
 *
 * @param root the workspace's folder
 * @returns their paths from that folder
 */
export function filesWithOwnProcess(root: string): string[] {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/test`);
  return ["tests", ...packages].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
      .filter((file) => changesItsProcess.test(readFileSync(join(root, file), "utf8"))),
  );
}
