import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = ["preload", "inherited", "fallback", "values", "frameworks", "command"].map(
  (name) => `packages/env/test/${name}`,
);

/**
 * Runs the tests of `@infisical/env` that start processes, with these processes on another Node.
 *
 * @param {string} binary
 * @returns {Promise<{ name: string, error?: string }[]>}
 */
export async function runEnv(binary) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-env-report-"));
  const report = join(folder, "report.json");
  try {
    await vitest(["--reporter=json", `--outputFile=${report}`, ...files], binary);
    /** @type {{ testResults: { name: string, message: string, assertionResults: Assertion[] }[] }} */
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    return testResults.flatMap(({ name, message, assertionResults }) =>
      assertionResults.length === 0 ? [{ name, error: message }] : assertionResults.map(resultOf),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @typedef {{ fullName: string, status: string, failureMessages: string[] }} Assertion */

/** @param {Assertion} assertion */
function resultOf({ fullName: name, status, failureMessages }) {
  return status === "passed" ? { name } : { name, error: failureMessages[0] ?? status };
}

/**
 * @param {readonly string[]} args
 * @param {string} binary
 * @returns {Promise<void>} resolves at its end; the report tells what failed
 */
function vitest(args, binary) {
  const script = join(
    dirname(createRequire(join(root, "package.json")).resolve("vitest/package.json")),
    "vitest.mjs",
  );
  const env = { ...process.env, NODE_UNDER_TEST: binary };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, "run", "--typecheck.enabled=false", ...args],
      { cwd: root, env, maxBuffer: 1e8 },
      () => resolve(),
    );
  });
}
