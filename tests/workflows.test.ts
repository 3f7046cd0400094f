import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readText } from "../scripts/read-text.mjs";
import { checkWorkflow } from "./workflows/check-workflow.ts";
import { expected } from "./workflows/expected.ts";
import { plant, plantText, workflows } from "./workflows/plant.ts";
import { readWorkflow } from "./workflows/workflow.ts";

test.each(readdirSync(workflows))("%s contains only what is allowed", (file) => {
  const text = readText(join(workflows, file));
  expect(checkWorkflow(readWorkflow(file, text))).toEqual([]);
});

test("every listed workflow exists", () => {
  expect(readdirSync(workflows).sort()).toEqual([...expected.keys()].sort());
});

const sha = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";

describe("a key that is not listed is refused:", () => {
  test.each([
    ["env", { NODE_OPTIONS: "--import ./evil.mjs" }],
    ["defaults", { run: { shell: "bash -c 'npm ci; {0}'" } }],
    ["run-name", "Release"],
  ])("%s of the workflow", (key, value) => {
    expect(plant("release.yml", key, value)).toEqual([
      `release.yml: the key ${key} must be absent, since it is not listed.`,
    ]);
  });

  test.each([
    ["container", "evil:latest"],
    ["services", { evil: { image: "evil:latest" } }],
    ["defaults", { run: { "working-directory": "versions" } }],
    ["env", { BASH_ENV: "./evil.sh" }],
    ["uses", "./.github/workflows/evil.yml"],
    ["uses", `evil/evil/.github/workflows/evil.yml@${sha}`],
    ["secrets", "inherit"],
    ["continue-on-error", true],
    ["concurrency", "release"],
  ])("%s of a job", (key, value) => {
    expect(plant("release.yml", `jobs.tag.${key}`, value)).toEqual([
      `release.yml: job tag: the key ${key} must be absent, since it is not listed.`,
    ]);
  });

  test.each([
    ["continue-on-error", true],
    ["working-directory", "versions"],
    ["if", "always()"],
  ])("%s of a step", (key, value) => {
    expect(plant("release.yml", `jobs.test.steps.2.${key}`, value)).toEqual([
      `release.yml: job test: the key ${key} must be absent, since it is not listed.`,
    ]);
  });
});

describe("a value that is not listed is refused:", () => {
  test.each([
    ["runs-on", "self-hosted", 'runs-on must be ubuntu-latest, got "self-hosted"'],
    ["runs-on", ["self-hosted"], 'runs-on must be ubuntu-latest, got ["self-hosted"]'],
    ["if", "always()", 'if must be absent, got "always()"'],
    ["if", "${{ !cancelled() }}", 'if must be absent, got "${{ !cancelled() }}"'],
    ["if", "success() || failure()", 'if must be absent, got "success() || failure()"'],
    ["needs", ["pack", "Versions"], 'needs must be ["pack"], got ["pack","Versions"]'],
    ["environment", "npm", 'environment must be absent, got "npm"'],
    ["permissions", "write-all", 'permissions must be {"contents":"read"}, got "write-all"'],
    ["permissions", "read-all", 'permissions must be {"contents":"read"}, got "read-all"'],
    [
      "permissions",
      { contents: "WRITE" },
      'permissions must be {"contents":"read"}, got {"contents":"WRITE"}',
    ],
    [
      "permissions",
      { packages: "write" },
      'permissions must be {"contents":"read"}, got {"packages":"write"}',
    ],
    ["steps.2.shell", "python", 'shell must be bash, got "python"'],
    ["steps.2.shell", "bash -c 'npm ci; {0}'", `shell must be bash, got "bash -c 'npm ci; {0}'"`],
    ["steps.2.env", { NODE_OPTIONS: "-r ./x" }, 'env NODE_OPTIONS must be absent, got "-r ./x"'],
    ["steps.2.env", { GH_TOKEN: "a" }, 'env GH_TOKEN must be ${{ github.token }}, got "a"'],
    ["name", "${{ secrets.PAT }}", "the expression secrets.PAT must be absent, since it is not listed"],
    ["steps.2.run", "npm test ${{ matrix.node }}", "an expression must come into a command by env"],
    ["steps.2.run", "npm test ${{\n  github.head_ref }}", "the expression github.head_ref must be absent"],
  ])("%s is %j", (key, value, rule) => {
    const violations = plant("release.yml", `jobs.test.${key}`, value);
    expect(violations).toContainEqual(expect.stringContaining(`release.yml: job test: ${rule}`));
  });

  test.each([
    [
      "jobs.machines.runs-on",
      "ubuntu-latest",
      'job machines: runs-on must be ${{ matrix.os }}, got "ubuntu-latest".',
    ],
    [
      "jobs.test.runs-on",
      "${{ matrix.os }}",
      'job test: runs-on must be ubuntu-latest, got "${{ matrix.os }}".',
    ],
    ["jobs.machines.strategy.matrix.os", ["self-hosted"], "job machines: strategy must be {"],
    ["jobs.machines.steps.2.env.PNPM_WITHOUT_HASH", "1", 'env PNPM_WITHOUT_HASH must be allowed, got "1".'],
    ["jobs.test.steps.2.env", { PNPM_WITHOUT_HASH: "allowed" }, "job test: step 2 must be {"],
  ])("%s of ci.yml is %j", (path, value, rule) => {
    expect(plant("ci.yml", path, value)).toContainEqual(expect.stringContaining(rule));
  });

  test.each([undefined, "write-all", "read-all", { contents: "write" }, { "id-token": "write" }])(
    "permissions of the workflow are %j",
    (value) => {
      expect(plant("ci.yml", "permissions", value)).toContain(
        `ci.yml: permissions must be {"contents":"read"}, got ${JSON.stringify(value)}.`,
      );
    },
  );

  test("rights that come with no permissions at all count as write rights", () => {
    expect(plant("ci.yml", "permissions", undefined)).toContain(
      "ci.yml: job test: may write everything, so the workflow must start on push only, got pull_request.",
    );
  });

  test.each<[string, unknown, string?]>([
    ["pull_request_target", null],
    ["issue_comment", null],
    ["issues", null],
    ["discussion_comment", null],
    ["workflow_run", { workflows: ["CI"] }],
    ["toString", null],
    ["workflow_dispatch", { inputs: {} }],
    ["pull_request", { branches: ["main"] }, "null"],
    ["schedule", [{ cron: "17 4 * * 1" }]],
    ["push", { branches: ["**"] }, '{"branches":["main"]}'],
    ["push", null, '{"branches":["main"]}'],
  ])("the event %s with %j", (event, filters, rule = "absent") => {
    expect(plant("ci.yml", `on.${event}`, filters)).toEqual([
      `ci.yml: the event ${event} must be ${rule}, got ${JSON.stringify(filters)}.`,
    ]);
  });

  test.each(["pull_request", "merge_group", "workflow_dispatch"])("%s with write rights", (event) => {
    expect(plant("release.yml", `on.${event}`, null)).toContain(
      `release.yml: job tag: may write contents, so the workflow must start on push only, got ${event}.`,
    );
  });
});

describe("an action that is not listed, pinned and given listed inputs is refused:", () => {
  test.each([
    [`evil/push@${sha}`],
    [`actions/cache@${sha}`],
    [`actions/github-script@${sha}`],
    [`Actions/Checkout@${sha}`],
    [`actions/checkout/evil@${sha}`],
    ["toString@v1"],
    ["./.github/actions/own"],
    ["docker://alpine:3"],
  ])("%s", (uses) => {
    expect(plant("ci.yml", "jobs.test.steps.0.uses", uses)).toContain(
      `ci.yml: job test: the action must be a listed one, got ${uses}.`,
    );
  });

  test.each([
    "actions/checkout@v5",
    "actions/checkout@main",
    `actions/checkout@${sha}@main`,
    `actions/checkout@${sha.slice(0, 7)}`,
  ])("%s", (uses) => {
    expect(plant("ci.yml", "jobs.test.steps.0.uses", uses)).toEqual([
      `ci.yml: job test: actions/checkout must be pinned as owner/action@<40 digits> # v<release>, got ${uses} # v5.0.0.`,
    ]);
  });

  test("a commit without its release", () => {
    expect(plantText("codeql.yml", /(?<=checkout@\w+) # v5.0.0/, "")).toEqual([
      expect.stringContaining("codeql.yml: job analyze: actions/checkout must be pinned as owner/action@"),
    ]);
  });

  test.each([
    ["{ uses: evil/x@main }"],
    ["{ name: a, uses: evil/x@main }"],
    ['"uses": evil/x@main'],
    ["uses:\n          evil/x@main"],
    ["? uses\n        : evil/x@main"],
    ["name: &evil evil/x@main\n      - uses: *evil"],
  ])("spelled as %j", (step) => {
    expect(plantText("ci.yml", "- run: npm test\n", `- ${step}\n`)).toContain(
      "ci.yml: job test: the action must be a listed one, got evil/x@main.",
    );
  });

  test.each([
    [
      "0.with.persist-credentials",
      undefined,
      "actions/checkout: persist-credentials must be false, got undefined",
    ],
    ["0.with.persist-credentials", true, "actions/checkout: persist-credentials must be false, got true"],
    ["0.with", undefined, "actions/checkout: persist-credentials must be false, got undefined"],
    ["0.with.Persist-Credentials", true, "actions/checkout: Persist-Credentials must be absent, got true"],
    ["0.with.submodules", true, "actions/checkout: submodules must be absent, got true"],
    ["0.with.ref", "refs/pull/1/merge", 'actions/checkout: ref must be absent, got "refs/pull/1/merge"'],
    [
      "1.with.package-manager-cache",
      true,
      "actions/setup-node: package-manager-cache must be false, got true",
    ],
    ["1.with.cache", "npm", 'actions/setup-node: cache must be absent, got "npm"'],
    ["2.with.path", "scripts", 'actions/download-artifact: path must be release or versions, got "scripts"'],
    ["2.with.path", ".git", 'actions/download-artifact: path must be release or versions, got ".git"'],
    ["2.with.path", undefined, "actions/download-artifact: path must be release or versions, got undefined"],
    ["2.with.toString", 5, "actions/download-artifact: toString must be absent, got 5"],
    ["2.with.run-id", 5, "actions/download-artifact: run-id must be absent, got 5"],
  ])("step %s is %j", (path, value, rule) => {
    expect(plant("release.yml", `jobs.publish.steps.${path}`, value)).toEqual([
      `release.yml: job publish: ${rule}.`,
    ]);
  });
});

test("a key that is written twice is refused", () => {
  expect(() => plantText("ci.yml", "permissions:", "permissions: write-all\npermissions:")).toThrow(
    /^ci\.yml: Map keys must be unique/,
  );
});
