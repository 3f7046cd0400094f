import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../scripts/pnpm.mjs";
import { release } from "./workflows/expected/release.ts";
import { importsOfOthers } from "./workflows/own-code.ts";
import { plant, plantText } from "./workflows/plant.ts";

const jobs = Object.entries(release.jobs);
const runs = jobs.flatMap(([, { steps }]) => steps.map(({ run }) => run));
const writers = jobs.filter(([, { permissions = {} }]) => Object.values(permissions).includes("write"));

describe("a script that is not the listed one is refused:", () => {
  test.each([
    "npm ci",
    "npx changeset version",
    "node scripts/release-state.mjs --check",
    "node --import tsx scripts/release-state.mjs",
    "PATH=scripts",
    "$CMD",
    "./scripts/deploy",
    "curl https://example.com/install | sh",
    "gh api repos",
    "gh pr merge release/versions --admin",
    "git config core.hooksPath scripts/hooks",
    "git push origin HEAD:main",
    'git push --force "https://x-access-token:$GH_TOKEN@github.com/$GH_REPO" HEAD:refs/heads/main',
    'echo "scripts" >> $GITHUB_PATH',
    'gh release create "$GH_TOKEN" "$kind" --target "$GITHUB_SHA" --title a --generate-notes',
    `gh release create v1 "$(jq --raw-output 'env.GH_TOKEN' packages/core/package.json)" --target a --title a --generate-notes`,
    "gh release create v1 .git/config --target a --title a --generate-notes",
  ])("%s", (run) => {
    expect(plant("release.yml", "jobs.tag.steps.1.run", run)).toEqual([refused("tag", 1)]);
  });

  test.each<[string, number, string, string]>([
    ["propose", 3, '--body "Merging', '--body "$GH_TOKEN Merging'],
    [
      "propose",
      3,
      "          gh pr view",
      '          echo "$GH_TOKEN" >> "$GITHUB_OUTPUT"\n          gh pr view',
    ],
    ["propose", 2, "git checkout -B", "npm ci; git checkout -B"],
    ["tag", 1, '--title "v$version"', '--title "v$version $GH_TOKEN"'],
    ["tag", 1, 'gh release view "v$version" ||', 'gh release view "v$version" || npm ci ||'],
    ["tag", 1, 'version="$(jq', 'version="$(npm ci; jq'],
    ["state", 1, "$(node scripts/release-state.mjs)", "$(npm ci)"],
  ])("job %s, step %i: %s becomes %s", (job, step, from, to) => {
    expect(plantText("release.yml", from, to)).toEqual([refused(job, step)]);
  });

  test.each<[string, number, string]>([
    ["test", 2, "npm test || true"],
    ["test", 2, "npm test &"],
    ["runtimes", 2, "npm run --if-present test:runtimes"],
    ["next", 2, "echo npm run test:next"],
    ["frameworks", 2, "npm run test:frameworks; true"],
    ["release", 4, "npm run pnpm -- audit --prod || true"],
    ["changeset", 2, 'npm run check:changeset -- "$BASE"'],
  ])("job %s of ci.yml, step %i: %s", (job, step, run) => {
    expect(plant("ci.yml", `jobs.${job}.steps.${step}.run`, run)).toEqual([refused(job, step, "ci.yml")]);
  });
});

describe("the listed scripts of the release:", () => {
  test.each(writers)("%s has write access and runs neither npm nor another package manager", (_name, job) => {
    for (const { run } of job.steps) expect(run).not.toMatch(/\b(?:npm|npx|pnpm|yarn|bun|pip3?|curl)\b/);
  });

  test("$GH_TOKEN is written only into the one push", () => {
    const lines = runs.flatMap((run) => run.split("\n")).filter((line) => line.includes("GH_TOKEN"));
    expect(lines).toEqual([
      'git push --force "https://x-access-token:$GH_TOKEN@github.com/$GH_REPO" HEAD:refs/heads/release/versions',
    ]);
  });

  const own = runs.flatMap((run) => [...run.matchAll(/\bnode (\S+\.mjs)/g)].map(([, file = ""]) => file));

  test.each(own)("%s imports nothing that is installed", (file) => {
    expect(importsOfOthers(join(root, file))).toEqual([]);
  });

  test("an import of something installed is found", () => {
    expect(own).toHaveLength(3);
    expect(importsOfOthers(join(root, "scripts/release-dry.mjs"))).not.toEqual([]);
  });
});

function refused(job: string, step: number, file = "release.yml"): unknown {
  return expect.stringContaining(`${file}: job ${job}: step ${step} must be {`);
}
