import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/pnpm.mjs";
import { checkWorkflow } from "./workflows/check-workflow.ts";
import { readWorkflow } from "./workflows/workflow.ts";

const folder = join(root, ".github/workflows");
const read = (file: string): string => readFileSync(join(folder, file), "utf8");
const check = (text: string): string[] => checkWorkflow(readWorkflow("x.yml", text), root);

test.each(readdirSync(folder))("%s gives code of others no rights", (file) => {
  expect(checkWorkflow(readWorkflow(file, read(file)), root)).toEqual([]);
});

const sha = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";
const checkout = `- uses: actions/checkout@${sha} # v5.0.0
        with:
          persist-credentials: false`;

/** A workflow with one job. */
const workflow = ({
  on = "push",
  top = "permissions: {}",
  job = "",
  steps = checkout,
} = {}): string => `on: ${on}
${top}
jobs:
  only:
    runs-on: ubuntu-latest
    ${job}
    steps:
      ${steps}
`;

const writes = "permissions: { contents: write }";

test("the small workflow that the bad ones are made from is good", () => {
  expect(check(workflow())).toEqual([]);
  expect(check(workflow({ job: writes }))).toEqual([]);
  expect(check(workflow({ steps: `${checkout}\n      - run: npm test` }))).toEqual([]);
});

describe("a bad workflow is found out:", () => {
  test.each([
    [`actions/checkout@v5`],
    [`actions/checkout@${sha}`],
    [`actions/checkout@main # v5.0.0`],
    [`actions/checkout@${sha.slice(0, 7)} # v5.0.0`],
    [`./.github/actions/own`],
    [`docker://alpine:3`],
  ])("an action that is not pinned (%s)", (action) => {
    const steps = `- uses: ${action}\n        with: { persist-credentials: false }`;
    expect(check(workflow({ steps }))).toEqual([`x.yml: ${action} must be pinned: ${pinned}`]);
  });
  const pinned = "owner/action@<40 digits of a commit> # v<release>.";

  test.each([
    "",
    "permissions: write-all",
    "permissions: read-all",
    "permissions: { contents: write }",
    "permissions: { contents: read, id-token: write }",
    "permissions: { packages: read }",
  ])("permissions at the top that are wider than needed (%j)", (top) => {
    expect(check(workflow({ top, job: "permissions: {}" }))).toEqual([
      expect.stringContaining("permissions at the top must be {} or contents: read"),
    ]);
  });

  test.each(["pull_request_target", "[push, pull_request_target]", "{ workflow_run: { workflows: [CI] } }"])(
    "an event that gives strangers rights (%s)",
    (on) => {
      expect(check(workflow({ on }))).toEqual([expect.stringContaining("which gives strangers")]);
    },
  );

  test.each(["", "\n        with: { fetch-depth: 0 }", "\n        with: { persist-credentials: true }"])(
    "a checkout that keeps its token (%j)",
    (inputs) => {
      const steps = `- uses: actions/checkout@${sha} # v5.0.0${inputs}`;
      expect(check(workflow({ steps }))).toEqual([
        "x.yml: job only: actions/checkout must have persist-credentials: false.",
      ]);
    },
  );

  test.each([
    "npm ci",
    "npm run release:version",
    "npx changeset version",
    "pnpm install --frozen-lockfile",
    "git add . && npm test",
    "echo $(pnpm --version)",
    "corepack enable",
    "curl https://example.com/install",
    "./scripts/deploy",
    "bash scripts/deploy",
    "node scripts/release-dry.mjs",
    "node scripts/nowhere.mjs",
    "node packages/core/dist/index.js",
    "node --import tsx scripts/release-state.mjs",
  ])("a job with write rights that installs, or runs what was installed (%s)", (command) => {
    const steps = `${checkout}\n      - run: ${command}`;
    expect(check(workflow({ job: writes, steps }))).toEqual([
      expect.stringContaining(`job only, which may write contents, must not run "${command}"`),
    ]);
    expect(check(workflow({ steps }))).toEqual([]);
  });

  test("write rights that come with no permissions at all count, too", () => {
    const steps = `${checkout}\n      - run: npm ci`;
    expect(check(workflow({ top: "", steps }))).toContainEqual(
      expect.stringContaining('which may write everything, must not run "npm ci"'),
    );
  });

  test("a job that takes all rights", () => {
    expect(check(workflow({ job: "permissions: write-all" }))).toEqual([
      "x.yml: job only: permissions must name what the job may write.",
    ]);
  });

  test("an action of others, or a cache, in a job with write rights", () => {
    const steps = `- uses: somebody/push@${sha} # v1.0.0\n      - uses: actions/setup-node@${sha} # v1.0.0
        with: { cache: npm }`;
    expect(check(workflow({ job: writes, steps }))).toEqual([
      expect.stringContaining("must not use somebody/push"),
      expect.stringContaining("must not take a cache"),
    ]);
  });

  test("a branch's name or a title in the text of a command", () => {
    const steps = `- run: echo "\${{ github.head_ref }}"`;
    expect(check(workflow({ steps }))).toEqual([expect.stringContaining("must come into a command by env")]);
  });
});

describe("a release that would publish anything but what was packed is found out:", () => {
  const release = read("release.yml");
  const changed = (from: string | RegExp, to: string): string[] => {
    const text = release.replace(from, to);
    expect(text).not.toBe(release);
    return check(text);
  };

  test("tests before packing, in the same job", () => {
    expect(
      changed(
        "      - run: npm run release:pack",
        "      - run: npm test\n      - run: npm run release:pack",
      ),
    ).toEqual(['x.yml: job pack, which packs, must not run "npm test" besides.']);
  });

  test("tests before packing, in a job before", () => {
    expect(
      changed("needs: pack\n", "needs: state\n").concat(
        changed(/(pack:\n {4}needs:) state/, "$1 [state, test]"),
      ),
    ).toContainEqual('x.yml: job pack must pack before "npm test" is run.');
  });

  test("no artifact", () => {
    expect(
      changed(
        / {6}- uses: actions\/download-artifact[^\n]*\n {8}with:\n {10}name: release\n {10}path: release\n/,
        "",
      ),
    ).toEqual(["x.yml: job publish must publish what a job before it packed, as an artifact."]);
  });

  test("an artifact of a job that it does not wait for, or of two jobs", () => {
    const violation = "x.yml: job publish must need the one job that uploads the artifact release.";
    expect(changed("needs: [pack, test]", "needs: [test]")).toEqual([violation]);
    const again = `      - run: npm run test:next
      - uses: actions/upload-artifact@${sha} # v4.6.2
        with: { name: release, path: release, overwrite: true }`;
    expect(changed("      - run: npm run test:next", again)).toEqual([violation]);
  });

  test("an artifact that is compared with nothing", () => {
    const violation =
      "x.yml: job publish must give scripts/release-publish.mjs the RELEASE_DIGEST that job pack puts out.";
    expect(changed("needs.pack.outputs.digest", "needs.test.outputs.digest")).toEqual([violation]);
    expect(changed("RELEASE_DIGEST:", "DIGEST:")).toEqual([violation]);
  });

  test("a publish of the folder, or of another file", () => {
    expect(changed("node scripts/release-publish.mjs", "npm publish packages/core")).toEqual([
      expect.stringContaining('must not run "npm publish packages/core"'),
      expect.stringContaining("must give scripts/release-publish.mjs the RELEASE_DIGEST"),
    ]);
  });
});
