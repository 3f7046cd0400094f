import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, pnpm } from "./pnpm.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs one step, which counts as one test.
 *
 * @param {string} name
 * @param {() => boolean} run
 * @returns {boolean} whether it succeeded
 */
function step(name, run) {
  console.log(`\n── ${name}`);
  const succeeded = run();
  total[succeeded ? "passed" : "failed"] += 1;
  if (!succeeded) console.error(`── ${name} failed`);
  return succeeded;
}

/**
 * Runs tests and adds what they count.
 *
 * @param {string} name
 * @param {string} config
 */
function runTests(name, config) {
  console.log(`\n── ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "infisical-test-"));
  const report = join(folder, "report.json");
  const succeeded = pnpm([
    "exec",
    "vitest",
    "run",
    `--config=${config}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const counted = countTests(report);
  rmSync(folder, { recursive: true });
  // A run that broke off, or found nothing to run, must not look like one that passed.
  if (!succeeded && total.failed === 0) total.failed += 1;
  if (!counted) total.failed += 1;
}

/**
 * Adds up a report of vitest.
 *
 * @param {string} report its path
 * @returns {boolean} whether anything ran
 */
function countTests(report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return false;
  }
  for (const { assertionResults } of results.testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status === "passed") total.passed += 1;
      else if (status === "failed") total.failed += 1;
      else {
        total.skipped += 1;
        console.log(`skipped: ${fullName}`);
      }
    }
  }
  return results.numTotalTests > 0;
}

if (step("install", () => install({ quiet: true }))) {
  step("build", () => pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only"]));
  step("lint", () => pnpm(["exec", "biome", "check", "."]));
  step("types", () => pnpm(["exec", "tsc", "--noEmit"]));
  step("packages", () => pnpm(["run", "check:packages"]));
  step("API reference", () => pnpm(["run", "docs:api"]));
  runTests("unit and type tests", "vitest.config.ts");
  runTests("tests of the packed packages", "vitest.packed.config.ts");
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
