import { spawn } from "node:child_process";
import { existsSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { root } from "./pnpm.mjs";

// Checks the types of everything now, and again after each change: npm run typecheck:watch
// A package that is created meanwhile is not watched. The compiler's own --watch looks at all that is installed too, and
// takes several times as long.
const compiler = join(root, "tests/node_modules/typescript-newest/bin/tsc");
const args = ["--noEmit", "--incremental", "--tsBuildInfoFile", ".cache/typecheck.tsbuildinfo", "--pretty"];
const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
const folders = [
  "tests",
  "scripts",
  "examples",
  ...packages.flatMap((name) => [`${name}/src`, `${name}/test`]),
];

let isRunning = false;
let hasChanged = false;

/** One check at a time: what changes during one leads to another. */
function check() {
  hasChanged = isRunning;
  if (isRunning) return;
  isRunning = true;
  const start = performance.now();
  const child = spawn(process.execPath, [compiler, ...args], { cwd: root, stdio: "inherit" });
  child.once("exit", (code) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${code === 0 ? "No errors" : "Errors"}, after ${seconds} s. Waiting for changes ...`);
    isRunning = false;
    if (hasChanged) check();
  });
}

for (const folder of folders.filter((name) => existsSync(join(root, name)))) {
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (/\.(?:[cm]?[jt]s|json)$/.test(file ?? "") && !/node_modules|generated/.test(file ?? "")) check();
  });
}
check();
