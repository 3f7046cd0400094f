import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pnpm, root } from "../pnpm.mjs";

/**
 * Runs tests with vitest.
 *
 * @param {string} config the file with its configuration
 * @returns {import("./run.mjs").Outcome}
 */
export function runTests(config) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-test-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const succeeded = pnpm(["exec", "vitest", "run", `--config=${config}`, ...reporters]);
  const outcome = readReport(readIfThere(report), succeeded, config);
  rmSync(folder, { recursive: true });
  return outcome;
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * Reads what tests did. A run that broke off, or found nothing to run, does not look like one that passed.
 *
 * @param {string} text vitest's report, as JSON
 * @param {boolean} succeeded whether vitest says that all is well
 * @param {string} config what the run is called where no test is to blame
 * @returns {import("./run.mjs").Outcome}
 */
export function readReport(text, succeeded, config) {
  const report = parse(text);
  if (!(report?.numTotalTests > 0)) {
    return { passed: 0, failures: [`${config}: no test ran, or the run broke off`], skipped: [] };
  }
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const skipped = [];
  for (const { name, status: ofFile, message, assertionResults } of report.testResults) {
    const file = relative(root, name).replaceAll("\\", "/");
    const before = failures.length;
    for (const { status, fullName } of assertionResults) {
      const test = `${file}: ${fullName.trim()}`;
      if (status === "passed") passed += 1;
      else if (status === "failed") failures.push(test);
      else skipped.push(test);
    }
    if (ofFile === "failed" && failures.length === before) failures.push(`${file}: ${firstLine(message)}`);
  }
  if (!succeeded && failures.length === 0) failures.push(`${config}: an error outside of all tests`);
  return { passed, failures, skipped };
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} message */
function firstLine(message) {
  return message?.trim().split("\n")[0] || "the file failed";
}
