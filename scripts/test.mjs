import { readFileSync } from "node:fs";
import { buildSite } from "./docs/build-site.mjs";
import { install, pnpm, root } from "./pnpm.mjs";
import { run } from "./test/run.mjs";
import { runTests } from "./test/run-tests.mjs";
import { summary } from "./test/summary.mjs";

/** The line ends of this copy of the repository, which depend on how git made it. */
const lineEnding = readFileSync(`${root}biome.json`, "utf8").includes("\r\n") ? "crlf" : "lf";

/** @type {readonly import("./test/run.mjs").Step[]} */
const steps = [
  // Without what it installs, nothing else can run.
  { name: "install", run: () => install({ quiet: true }), isNeeded: true },
  { name: "build", run: () => pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only"]) },
  { name: "lint", run: () => pnpm(["exec", "biome", "check", `--line-ending=${lineEnding}`, "."]) },
  { name: "types", run: () => pnpm(["run", "typecheck"]) },
  { name: "packages", run: () => pnpm(["run", "check:packages"]) },
  { name: "unit and type tests", run: () => runTests("vitest.all.config.ts") },
  { name: "tests of the packed packages", run: () => runTests("vitest.packed.config.ts") },
  { name: "documentation site", run: () => buildSite() && runTests("vitest.site.config.ts") },
];

const results = run(steps);
console.log(`\n${summary(results)}`);
process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;
