import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript-newest/package.json")));

/**
 * Type-checks files as the workspace does, but for what examples may leave unused.
 *
 * @param {string} folder of the files, below the workspace's
 * @param {readonly string[]} files
 * @returns {Map<string, string[]>} the errors by file, each with its line in that file
 */
export function typeErrors(folder, files) {
  const configuration = {
    extends: "../../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    files,
    include: [],
  };
  const path = join(folder, "tsconfig.json");
  writeFileSync(path, JSON.stringify(configuration));
  const { status, stdout, error } = spawnSync(
    process.execPath,
    [compiler, "--noEmit", "--pretty", "false", "--project", path],
    { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (error) throw error;
  const errors = new Map(files.map((file) => [file, /** @type {string[]} */ ([])]));
  // A message goes on in lines that are indented.
  const found = [...stdout.matchAll(/^(\S.*)\((\d+),\d+\): error TS\d+: (.+(?:\n .+)*)/gm)];
  for (const [, file = "", line, message] of found) {
    // Other files, such as the sources, are checked without examples.
    errors.get(join(folder, file))?.push(`line ${line}: ${message}`);
  }
  if (status !== 0 && found.length === 0) throw new Error(`The compiler failed: ${stdout}`);
  return errors;
}
