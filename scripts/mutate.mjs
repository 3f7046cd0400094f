import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { areaOf, areas } from "../tests/mutation/areas.mjs";
import { judge, printScores, printSurvivors, resultsPath } from "../tests/mutation/scores.mjs";
import { install, root } from "./pnpm.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: "string" },
    workers: { type: "string", default: "2" },
    force: { type: "boolean" },
    survivors: { type: "boolean" },
    "dry-run": { type: "boolean" },
  },
});
const workers = Number(values.workers);
if (!Number.isInteger(workers) || workers < 1) {
  throw new Error(`--workers must be a whole number, 1 or more, got ${values.workers}.`);
}
const [only, ...files] = positionals;
for (const file of files) {
  // A file may carry a range of lines: retry.ts:10-40.
  const path = `${areaOf(only).mutate}/${file.replace(/:[\d:-]+$/, "")}`;
  if (!existsSync(`${root}${path}`)) throw new Error(`The file must exist, got ${path}.`);
}
const chosen = only === undefined ? Object.keys(areas) : [only];
chosen.forEach(areaOf);

if (!install({ quiet: true })) process.exit(1);
process.chdir(root);

/**
 * Mutates one area. Results are kept in .cache/mutation, and mutants that nothing has changed for are not tested again.
 *
 * @param {string} name
 */
async function mutate(name) {
  process.env["MUTATED_AREA"] = name;
  if (values.tests !== undefined) process.env["MUTATION_TESTS"] = values.tests;
  const { mutate: folder } = areaOf(name);
  await new Stryker({
    mutate: files.length > 0 ? files.map((file) => `${folder}/${file}`) : [`${folder}/**/*.ts`],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "vitest.mutation.config.ts", related: false },
    coverageAnalysis: "perTest",
    concurrency: workers,
    // On a busy machine, a slow run must not count as one that hangs.
    timeoutMS: 20_000,
    disableTypeChecks: false,
    dryRunOnly: values["dry-run"] ?? false,
    dryRunTimeoutMinutes: 15,
    force: values.force ?? false,
    incremental: true,
    incrementalFile: resultsPath(name),
    ignorePatterns: [
      "dist",
      "/.cache",
      "/docs",
      "/release",
      "/tests/next",
      "/tests/frameworks",
      "/examples",
      "/benchmarks",
      ".turbo",
    ],
    tempDirName: ".cache/stryker",
    reporters: ["progress-append-only"],
    allowConsoleColors: false,
  }).runMutationTest();
}

for (const name of chosen) {
  console.log(`\n── ${name}`);
  if (!values.survivors) await mutate(name);
  if (values.survivors) printSurvivors(name);
  printScores(name);
}
if (!values["dry-run"]) process.exitCode = judge(chosen) ? 0 : 1;
