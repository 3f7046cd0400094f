import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { root } from "../scripts/pnpm.mjs";
import { isChangeset, packagesOf, waitingChangesets } from "../scripts/release/changesets.mjs";
import { missingChangesets } from "../scripts/release/missing-changesets.mjs";
import { publishOrder } from "../scripts/release/publish-order.mjs";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const aboutCore = { file: ".changeset/a.md", text: '---\n"@infisical/core": patch\n---\n\nMended.\n' };

test("every changeset of the repository names packages that there are", () => {
  const names = readPackages(root).map(({ manifest }) => manifest.name);
  const folder = join(root, ".changeset");
  for (const file of readdirSync(folder).filter(isChangeset)) {
    const named = packagesOf(readFileSync(join(folder, file), "utf8"));
    expect(names, file).toEqual(expect.arrayContaining(named));
  }
});

test("a change of a package without a changeset about it is named", () => {
  const files = ["packages/core/src/a.ts", "packages/core/src/b.ts", "packages/secrets/package.json"];
  expect(missingChangesets(files, [])).toEqual([
    expect.stringContaining("@infisical/core has changed, and no changeset says how"),
    expect.stringContaining("@infisical/secrets has changed"),
  ]);
  expect(missingChangesets(files, [aboutCore])).toEqual([expect.stringContaining("@infisical/secrets")]);
});

test("a change that users do not get needs no changeset", () => {
  const files = [
    "packages/core/test/a.test.ts",
    "packages/core/CHANGELOG.md",
    "docs/a.md",
    "tests/a.test.ts",
  ];
  expect(missingChangesets(files, [])).toEqual([]);
});

test("an empty changeset says that users need not know", () => {
  const empty = { file: ".changeset/b.md", text: "---\n---\n" };
  expect(missingChangesets(["packages/core/src/a.ts"], [empty])).toEqual([]);
});

test.each(["Mended.\n", '## "@infisical/core": patch\n', "---\n@infisical/core\n---\n"])(
  "a broken changeset does not pass for an empty one: %j",
  (text) => {
    expect(() => packagesOf(text)).toThrow("A changeset must");
  },
);

test("the check compares a branch with what it is to be merged into", () => {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: folder });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const check = () =>
    spawnSync(process.execPath, [join(root, "scripts/check-changeset.mjs"), "main"], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(folder, "packages/core"), { recursive: true });
  mkdirSync(join(folder, ".changeset"));
  write(".changeset/earlier.md", aboutCore.text);
  write("packages/core/index.ts", "1");
  git("add", ".");
  git("commit", "--quiet", "--message=before");
  git("checkout", "--quiet", "-b", "change");
  write("packages/core/index.ts", "2");
  git("commit", "--quiet", "--all", "--message=change");
  expect(check()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("@infisical/core has changed"),
  });

  write(".changeset/now.md", aboutCore.text);
  git("add", ".");
  git("commit", "--quiet", "--message=changeset");
  expect(check()).toMatchObject({ status: 0, stderr: "" });
});

test("changesets that a pre-release holds already do not wait", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, ".changeset"));
  for (const name of ["a", "b"]) writeFileSync(join(folder, `.changeset/${name}.md`), aboutCore.text);
  writeFileSync(join(folder, ".changeset/README.md"), "About changesets.");
  const waiting = () => waitingChangesets(folder).map(({ file }) => file);
  expect(waiting()).toEqual([".changeset/a.md", ".changeset/b.md"]);
  writeFileSync(join(folder, ".changeset/pre.json"), JSON.stringify({ changesets: ["a"] }));
  expect(waiting()).toEqual([".changeset/b.md"]);
});

test("no package is published before one that it depends on", () => {
  const umbrella = { name: "sdk", manifest: { dependencies: { secrets: "1", core: "1" } } };
  const secrets = { name: "secrets", manifest: { peerDependencies: { core: "1", "left-pad": "1" } } };
  const core = { name: "core", manifest: { dependencies: { ms: "2" } } };
  expect(publishOrder([umbrella, secrets, core])).toEqual([core, secrets, umbrella]);
  const circle = { name: "core", manifest: { dependencies: { secrets: "1" } } };
  expect(() => publishOrder([circle, secrets])).toThrow("depend on one another in a circle");
});

/** Runs the publishing script against a registry that has `published` and writes down what it is given. */
function publish(packages: readonly object[], published: readonly string[]) {
  const folder = join(temporaryFolder(), "with a space");
  for (const name of ["scripts/release", "release", "bin"])
    mkdirSync(join(folder, name), { recursive: true });
  for (const file of ["scripts/release-publish.mjs", "scripts/release/registry.mjs"]) {
    writeFileSync(join(folder, file), readFileSync(join(root, file)));
  }
  writeFileSync(join(folder, "release/packages.json"), JSON.stringify(packages));
  const npm = `#!/bin/sh
case "$1 $2" in ${published.map((each) => `"view ${each}") echo 1 ;;`).join(" ")}
  view*) echo "code E404" >&2; exit 1 ;;
  publish*) echo "$@" >> "${folder}/published" ;;
esac\n`;
  writeFileSync(join(folder, "bin/npm"), npm);
  chmodSync(join(folder, "bin/npm"), 0o755);
  const PATH = `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`;
  const script = join(folder, "scripts/release-publish.mjs");
  execFileSync(process.execPath, [script], { env: { ...process.env, PATH }, stdio: "ignore" });
  return readFileSync(join(folder, "published"), "utf8")
    .replaceAll(`${folder}/release/`, "")
    .trim()
    .split("\n");
}

test("what the registry has is not published again, and pre-releases go under their own tag", () => {
  const packages = [
    { name: "@infisical/core", version: "6.0.0-next.1", tarball: "core.tgz" },
    { name: "@infisical/secrets", version: "6.0.0-next.1", tarball: "secrets.tgz" },
    { name: "@infisical/sdk", version: "6.0.0", tarball: "sdk.tgz" },
  ];
  expect(publish(packages, ["@infisical/core@6.0.0-next.1"])).toEqual([
    "publish secrets.tgz --access=public --provenance --tag=next",
    "publish sdk.tgz --access=public --provenance --tag=latest",
  ]);
});

test("every action of the workflows is pinned to a commit", () => {
  const folder = join(root, ".github/workflows");
  const uses = readdirSync(folder).flatMap((file) => [
    ...readFileSync(join(folder, file), "utf8").matchAll(/uses: (.*)/g),
  ]);
  expect(uses.length).toBeGreaterThan(5);
  for (const [, action] of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
