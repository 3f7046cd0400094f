import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { formerPackages, readProject } from "../../scripts/pack-for/project.mjs";
import { root } from "../../scripts/pnpm.mjs";

/** A folder with these files; a path that ends in a slash is a folder. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pack for ü-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const manifest = { "package.json": "{}" };

describe("the package manager is", () => {
  test.each<[string, Record<string, string>, string, string?]>([
    ["npm where nothing says another", manifest, "npm"],
    ["npm by its lockfile", { ...manifest, "package-lock.json": "{}" }, "npm"],
    ["pnpm by its lockfile", { ...manifest, "pnpm-lock.yaml": "" }, "pnpm"],
    ["yarn by its lockfile", { ...manifest, "yarn.lock": "" }, "yarn"],
    [
      "what packageManager names",
      { "package.json": '{"packageManager":"yarn@4.9.1+sha512.ab"}' },
      "yarn",
      "4.9.1",
    ],
    [
      "what packageManager names, whatever the lockfiles",
      { "package.json": '{"packageManager":"pnpm@10.1.0"}', "yarn.lock": "", "package-lock.json": "{}" },
      ...(["pnpm", "10.1.0"] as const),
    ],
  ])("%s", (_what, files, manager, managerVersion) => {
    expect(readProject(folderWith(files), root)).toMatchObject({ manager, managerVersion });
  });
});

describe("a project is refused in one sentence where", () => {
  test.each<[string, Record<string, string>, string, string]>([
    ["the folder is missing", {}, "missing", " does not exist; make the project first."],
    ["it is a file", { file: "" }, "file", " must be a folder with a package.json, and is a file."],
    ["it has no package.json", {}, ".", " has no package.json; run npm init there first."],
    ["package.json is broken", { "package.json": "{" }, ".", "package.json must be an object in JSON."],
    ["package.json is a list", { "package.json": "[]" }, ".", "package.json must be an object in JSON."],
    [
      "it is a workspace of npm",
      { "package.json": '{"workspaces":["a"]}' },
      ".",
      " is a workspace, whose packages",
    ],
    [
      "it is a workspace of pnpm",
      { ...manifest, "pnpm-workspace.yaml": "packages:\n  - a\n" },
      ".",
      " is a workspace,",
    ],
    [
      "it is in a workspace of npm",
      { "package.json": '{"workspaces":["a/*"]}', "a/b/package.json": "{}" },
      ...(["a/b", " is in the workspace "] as const),
    ],
    [
      "it is in a workspace of pnpm",
      { "pnpm-workspace.yaml": "packages: [a]", "a/package.json": "{}" },
      ...(["a", " is in the workspace "] as const),
    ],
    [
      "it is installed with bun",
      { ...manifest, "bun.lock": "" },
      ".",
      " is installed with bun; pack-for knows npm, pnpm and yarn.",
    ],
    [
      "lockfiles disagree",
      { ...manifest, "yarn.lock": "", "package-lock.json": "{}" },
      ".",
      "it must have one, or say which",
    ],
  ])("%s", (_what, files, path, message) => {
    const read = () => readProject(join(folderWith(files), path), root);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*\.$/);
  });

  test.each([".", "packages", "packages/core"])("it is %s of this repository", (path) => {
    expect(() => readProject(join(root, path), root)).toThrow(
      " is in this repository; name the folder of your own project.",
    );
  });
});

test("pnpm-workspace.yaml with settings only belongs to a project that stands alone", () => {
  const folder = folderWith({ ...manifest, "pnpm-workspace.yaml": "overrides:\n  a: 1.0.0\n" });
  expect(readProject(folder, root).folder).toBe(folder);
});

test("what an earlier run has installed is known by its tarball", () => {
  const dependencies = { "@infisical/sdk": "file:.infisical/a.tgz", "@infisical/core": "^6.0.0" };
  const devDependencies = { "@infisical/test-server": "file:.infisical/b.tgz" };
  const project = readProject(
    folderWith({ "package.json": JSON.stringify({ dependencies, devDependencies }) }),
    root,
  );
  const names = ["@infisical/core", "@infisical/sdk", "@infisical/test-server"];
  expect(formerPackages(project, names)).toEqual(["@infisical/sdk", "@infisical/test-server"]);
});
