import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { root } from "../scripts/pnpm.mjs";
import { run } from "../scripts/test/run.mjs";
import { readReport } from "../scripts/test/run-tests.mjs";
import { summary } from "../scripts/test/summary.mjs";

const file = join(root, "packages/core/test/a.test.ts");

/** A report of vitest's about one file. */
const reportOf = (assertionResults: readonly object[], ofFile: object = {}): string =>
  JSON.stringify({
    numTotalTests: 1,
    testResults: [{ name: file, status: "passed", message: "", assertionResults, ...ofFile }],
  });

describe("the outcome of a run of tests", () => {
  test("names each test that failed or was skipped with its file", () => {
    const text = reportOf([
      { status: "passed", fullName: "one" },
      { status: "failed", fullName: "a group two" },
      { status: "skipped", fullName: "three" },
    ]);
    expect(readReport(text, false, "some.config.ts")).toEqual({
      passed: 1,
      failures: ["packages/core/test/a.test.ts: a group two"],
      skipped: ["packages/core/test/a.test.ts: three"],
    });
  });

  test("names a file that could not be loaded, and why", () => {
    const text = reportOf([], { status: "failed", message: "Cannot find module\n  at x" });
    expect(readReport(text, false, "some.config.ts").failures).toEqual([
      "packages/core/test/a.test.ts: Cannot find module",
    ]);
  });

  test.each(["", '{"numTotalTests":', '{"numTotalTests":0,"testResults":[]}'])(
    "is a failure where nothing ran: %j",
    (text) => {
      const { passed, failures } = readReport(text, true, "some.config.ts");
      expect([passed, failures]).toEqual([0, ["some.config.ts: no test ran, or the run broke off"]]);
    },
  );

  test("is a failure where every test passed and vitest says that not all is well", () => {
    const { failures } = readReport(
      reportOf([{ status: "passed", fullName: "one" }]),
      false,
      "some.config.ts",
    );
    expect(failures).toEqual(["some.config.ts: an error outside of all tests"]);
  });
});

test("each step is announced with its number, and none runs after one that is needed has failed", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const last = vi.fn(() => true);
  const steps = [
    { name: "first", run: () => true },
    { name: "second", run: () => false, isNeeded: true },
    { name: "third", run: last },
  ];
  expect(run(steps)).toMatchObject([
    { name: "first", passed: 1, failures: [] },
    { name: "second", passed: 0, failures: ['the step "second"'] },
  ]);
  expect(last).not.toHaveBeenCalled();
  expect(log.mock.calls.flat().join()).toMatch(/step 1 of 3: first[\s\S]*step 2 of 3: second/);
});

test("the end names durations, skipped and failed tests, and the counts in the last line", () => {
  const first = { name: "lint", seconds: 1.25, passed: 1, failures: [], skipped: [] };
  const second = { name: "tests", seconds: 61, passed: 4, failures: ["a: b"], skipped: ["a: c"] };
  expect(summary([first]).split("\n").at(-1)).toBe("1 passed, 0 failed");
  expect(summary([first, second]).split("\n")).toEqual([
    "     1.3 s  lint",
    "    61.0 s  tests  (1 failed)",
    "",
    "skipped: a: c",
    "failed: a: b",
    "5 passed, 1 failed, 1 skipped",
  ]);
});
