import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { root } from "../scripts/pnpm.mjs";
import { readText } from "../scripts/read-text.mjs";
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

const packed = [
  { name: "@infisical/core", version: "6.0.0-next.1", tarball: "core.tgz" },
  { name: "@infisical/secrets", version: "6.0.0-next.1", tarball: "secrets.tgz" },
  { name: "@infisical/sdk", version: "6.0.0", tarball: "sdk.tgz" },
];

/** Runs the publishing script against a registry that has `published`, and gives what it is given to publish. */
function publish(published: readonly string[], change: (folder: string) => unknown = () => undefined) {
  const folder = join(temporaryFolder(), "with a space");
  for (const name of ["scripts/release", "scripts/programs", "release", "bin"])
    mkdirSync(join(folder, name), { recursive: true });
  const programs = ["batch-command-line", "program", "run"].map((name) => `scripts/programs/${name}.mjs`);
  for (const file of ["scripts/release-publish.mjs", "scripts/release/registry.mjs", ...programs]) {
    writeFileSync(join(folder, file), readFileSync(join(root, file)));
  }
  const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");
  const list = JSON.stringify(packed.map((each) => ({ ...each, sha512: hash("sha512", each.name) })));
  writeFileSync(join(folder, "release/packages.json"), list);
  for (const { name, tarball } of packed) writeFileSync(join(folder, "release", tarball), name);
  writeFileSync(join(folder, "published"), "");
  const npm = `#!/bin/sh
case "$1 $2" in ${published.map((each) => `"view ${each}") echo 1 ;;`).join(" ")}
  view*) echo "code E404" >&2; exit 1 ;;
  publish*) echo "$@" >> "${folder}/published" ;;
esac\n`;
  writeFileSync(join(folder, "bin/npm"), npm);
  chmodSync(join(folder, "bin/npm"), 0o755);
  const digest = change(folder);
  const RELEASE_DIGEST = typeof digest === "string" ? digest : hash("sha256", list);
  const PATH = `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`;
  const script = join(folder, "scripts/release-publish.mjs");
  const env = { ...process.env, PATH, RELEASE_DIGEST };
  const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: "utf8" });
  const lines = readFileSync(join(folder, "published"), "utf8").replaceAll(`${folder}/release/`, "").trim();
  return { status, stderr, published: lines === "" ? [] : lines.split("\n") };
}

test("what the registry has is not published again, and pre-releases go under their own tag", () => {
  expect(publish(["@infisical/core@6.0.0-next.1"])).toMatchObject({
    status: 0,
    published: [
      "publish secrets.tgz --access=public --provenance --tag=next",
      "publish sdk.tgz --access=public --provenance --tag=latest",
    ],
  });
});

test.each<[string, (folder: string) => unknown]>([
  ["a tarball", (folder) => writeFileSync(join(folder, "release/sdk.tgz"), "another")],
  ["packages.json", (folder) => writeFileSync(join(folder, "release/packages.json"), "[]")],
  ["packages.json", () => ""],
])("nothing is published where %s is not what was packed: %#", (file, change) => {
  const { status, stderr, published } = publish([], change);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`release/${file === "a tarball" ? "sdk.tgz" : file} is not what was packed`),
  );
  expect(published).toEqual([]);
});

test("the job that pushes takes versions and changelogs from the patch, and nothing else", () => {
  const workflow = readText(join(root, ".github/workflows/release.yml"));
  const [apply = ""] = /git apply[\s\S]+?versions\.patch/.exec(workflow) ?? [];
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const wanted = [".changeset/pre.json", "packages/core/CHANGELOG.md", "packages/core/package.json"];
  const unwanted = [
    ".github/workflows/ci.yml",
    "package.json",
    "packages/core/src/index.ts",
    "scripts/a.mjs",
  ];
  git("init", "--quiet");
  for (const file of [...wanted, ...unwanted]) write(file, "before\n");
  git("add", ".");
  git("commit", "--quiet", "--message=before");
  for (const file of [...wanted, ...unwanted]) write(file, "after\n");
  const patch = git("diff", "--binary");
  git("checkout", "--quiet", ".");
  write("versions/versions.patch", patch);
  execFileSync("sh", ["-c", apply], { cwd: folder });
  expect(git("diff", "--cached", "--name-only").trim().split("\n")).toEqual(wanted);
});
