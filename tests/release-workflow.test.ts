import { describe, expect, test } from "vitest";
import { plant, plantText } from "./workflows/plant.ts";

const release = (path: string, value: unknown): string[] => plant("release.yml", `jobs.${path}`, value);
const token = { GH_TOKEN: "${{ github.token }}" };
const downloads = { uses: "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093" };

describe("the job that proposes", () => {
  test.each([
    ["pushes to main", "HEAD:refs/heads/release/versions", "HEAD:refs/heads/main", 3],
    ["opens a pull request of another branch", "--head release/versions", "--head evil", 3],
    ["applies the whole patch", /--include[\s\S]*?(?=versions\/versions\.patch)/, "", 2],
    ["applies more of the patch", '--include=".changeset/*"', '--include="scripts/*"', 2],
  ])("is refused where it %s", (_what, from, to, step) => {
    expect(plantText("release.yml", from, to)).toEqual([
      expect.stringContaining(`release.yml: job propose: step ${step} must be {`),
    ]);
  });
});

describe("the order of the jobs is refused where", () => {
  test.each<[string, unknown, string]>([
    ["tag.needs", undefined, 'needs must be ["publish"], got []'],
    ["tag.needs", "state", 'needs must be ["publish"], got ["state"]'],
    ["propose.needs", undefined, 'needs must be ["versions"], got []'],
    ["propose.needs", "state", 'needs must be ["versions"], got ["state"]'],
    ["versions.needs", undefined, 'needs must be ["state"], got []'],
    ["pack.needs", ["state", "versions"], 'needs must be ["state"], got ["state","versions"]'],
    ["state.needs", "versions", 'needs must be [], got ["versions"]'],
    ["state.needs", ["test"], 'needs must be [], got ["test"]'],
    ["test.needs", "state", 'needs must be ["pack"], got ["state"]'],
    ["publish.needs", ["pack"], 'needs must be ["pack","test"], got ["pack"]'],
    ["publish.needs", ["test"], 'needs must be ["pack","test"], got ["test"]'],
    ["pack.if", undefined, "if must be \"needs.state.outputs.waiting == '0'\", got undefined"],
    ["versions.if", undefined, "if must be \"needs.state.outputs.waiting != '0'\", got undefined"],
    ["publish.if", "always()", 'if must be absent, got "always()"'],
  ])("%s is %j", (path, value, rule) => {
    expect(release(path, value)).toEqual([`release.yml: job ${path.split(".")[0]}: ${rule}.`]);
  });
});

describe("a job is refused where", () => {
  test.each<[string, unknown, string]>([
    ["pack.steps.2.run", "npm test\nnode scripts/release-pack.mjs\n", "step 2 must be {"],
    ["pack.steps.2.run", "npm run release:pack", "step 2 must be {"],
    ["pack.steps.3.run", 'echo "a=$(sha256sum x | npm ci)"', "step 3 must be {"],
    ["pack.steps.3.run", "sha256sum package.json", "step 3 must be {"],
    ["pack.steps.3.id", "count", 'step 3 must be {"id":"digest"'],
    ["pack.outputs", { digest: "0" }, "outputs must be {"],
    ["pack.steps.2.env", token, "step 2 must be {"],
    ["pack.steps.4.with.name", "versions", "step 4 must be {"],
    ["pack.permissions", { contents: "write" }, 'permissions must be {"contents":"read"}'],
    ["pack.steps.2", downloads, "step 2 must be {"],
    ["state.steps.1.run", "./x", "step 1 must be {"],
    ["versions.steps.5.with.name", "release", "step 5 must be {"],
    ["versions.steps.3.env", token, "step 3 must be {"],
    ["test.steps.2.run", "npm test || true", "step 2 must be {"],
    ["test.steps.2.env", token, "step 2 must be {"],
    [
      "test.permissions",
      { contents: "read", "id-token": "write" },
      'permissions must be {"contents":"read"}',
    ],
    ["test.environment", "npm", 'environment must be absent, got "npm"'],
    ["publish.environment", undefined, 'environment must be "npm", got undefined'],
    ["publish.environment", "test", 'environment must be "npm", got "test"'],
    ["publish.permissions.contents", "write", 'permissions must be {"contents":"read","id-token":"write"}'],
    ["publish.strategy", { matrix: { node: [20, 24] } }, "strategy must be absent"],
    ["tag.strategy", { matrix: { node: [20, 24] } }, "strategy must be absent"],
    ["propose.strategy", { "max-parallel": 2 }, "strategy must be absent"],
    ["publish.steps.2", undefined, "step 2 must be {"],
    ["publish.steps.2.with.name", "versions", "step 2 must be {"],
    ["publish.steps.3.env", undefined, "step 3 must be {"],
    ["publish.steps.3.env.GH_TOKEN", token.GH_TOKEN, "step 3 must be {"],
    ["publish.steps.2.env", token, "step 2 must be {"],
    ["publish.steps.3.env.RELEASE_DIGEST", "${{ needs.test.outputs.digest }}", "env RELEASE_DIGEST must be "],
    ["publish.steps.3.run", "node scripts/release-publish.mjs --force", "step 3 must be {"],
    ["publish.steps.3.run", "npm publish packages/core", "step 3 must be {"],
    ["publish.steps.4", { run: "git commit --message a" }, "step 4 must be absent"],
  ])("%s is %j", (path, value, rule) => {
    expect(release(path, value)).toContainEqual(
      expect.stringContaining(`release.yml: job ${path.split(".")[0]}: ${rule}`),
    );
  });
});
