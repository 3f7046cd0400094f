import { describe, expect, test } from "vitest";
import { checkWorkflow } from "./workflows/check-workflow.ts";
import { plant } from "./workflows/plant.ts";
import { readWorkflow } from "./workflows/workflow.ts";

describe("a workflow without all its checks is refused:", () => {
  test.each<[string, string, unknown, string]>([
    ["ci.yml", "jobs", {}, "job test must exist."],
    ["ci.yml", "jobs.test", undefined, "job test must exist."],
    ["ci.yml", "jobs.changeset", undefined, "job changeset must exist."],
    ["codeql.yml", "jobs", {}, "job analyze must exist."],
    ["release.yml", "jobs.test", undefined, "job test must exist."],
    ["ci.yml", "on", {}, "the event pull_request must be null, got undefined."],
    ["ci.yml", "on", "push", "the event pull_request must be null, got undefined."],
    [
      "codeql.yml",
      "on.schedule",
      undefined,
      'the event schedule must be [{"cron":"17 4 * * 1"}], got undefined.',
    ],
    ["release.yml", "on", {}, 'the event push must be {"branches":["main"]}, got undefined.'],
    ["ci.yml", "jobs.test.if", "needs.state.outputs.waiting != '0'", "job test: if must be absent"],
    ["ci.yml", "jobs.test.strategy", undefined, "job test: strategy must be {"],
    ["ci.yml", "jobs.test.strategy.matrix.node", [24], "job test: strategy must be {"],
    ["ci.yml", "jobs.test.strategy.fail-fast", true, "job test: strategy must be {"],
    ["ci.yml", "jobs.test.steps.1.with.node-version", 24, "job test: step 1 must be {"],
    ["ci.yml", "jobs.test.steps", undefined, "job test: step 2 must be {"],
    ["codeql.yml", "jobs.analyze.steps.1", undefined, "job analyze: step 1 must be {"],
    ["codeql.yml", "jobs.analyze.steps.2", undefined, "job analyze: step 2 must be {"],
  ])("%s, %s: %j", (file, path, value, violation) => {
    expect(plant(file, path, value)).toContainEqual(expect.stringContaining(`${file}: ${violation}`));
  });
});

describe("concurrency that is not the listed one is refused:", () => {
  test.each<[string, unknown, string]>([
    ["ci.yml", { group: "release", "cancel-in-progress": true }, "{"],
    ["ci.yml", undefined, "{"],
    ["codeql.yml", { group: "release", "cancel-in-progress": true }, "absent"],
    ["release.yml", { group: "release", "cancel-in-progress": true }, "{"],
    ["release.yml", { group: "ci", "cancel-in-progress": false }, "{"],
    ["release.yml", undefined, "{"],
  ])("%s: %j", (file, value, rule) => {
    expect(plant(file, "concurrency", value)).toEqual([
      expect.stringContaining(`${file}: concurrency must be ${rule}`),
    ]);
  });
});

test("a job that is not listed is refused", () => {
  expect(plant("ci.yml", "jobs.toString", { "runs-on": "ubuntu-latest" })).toEqual([
    "ci.yml: job toString must be absent, since it is not listed.",
  ]);
});

test("a file that is not listed is refused", () => {
  expect(checkWorkflow(readWorkflow("other.yml", "name: Other"))).toEqual([
    "other.yml: the workflow must be absent, since it is not listed.",
  ]);
});
