import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { installInto } from "../../scripts/pack-for/install.mjs";
import { neededPackages, readPublished } from "../../scripts/pack-for/needed-packages.mjs";
import { readProject } from "../../scripts/pack-for/project.mjs";
import { type Stamped, stamped } from "../../scripts/pack-for/stamp.mjs";
import { root } from "../../scripts/pnpm.mjs";
import { programOutput } from "../../scripts/programs/run.mjs";
import { packed } from "../packed/packed.ts";

/** It has inner dependencies, and a peer. */
const needed = neededPackages(["@infisical/env"], readPublished(root));
const names = [...needed.direct, ...needed.inner];
let tarballs: readonly Stamped[] = [];

beforeAll(() => {
  tarballs = stamped(
    packed.packages.filter(({ name }) => names.includes(name)),
    root,
  );
});

/** A project in a folder whose name has a space and an umlaut. */
function project(files: Readonly<Record<string, string>>): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "infisical-pack-for-")));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, "mein Büro");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function install(folder: string, which: readonly Stamped[] = tarballs): readonly string[] {
  return installInto(readProject(folder, root), { ...needed, tarballs: which });
}

/** The same packages as another commit would have them. */
function later(): readonly Stamped[] {
  return tarballs.map((each) => ({ ...each, file: each.file.replace(/\.tgz$/, "-later.tgz") }));
}

function manifestOf(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

const load = `const { defineEnv } = require("@infisical/env");
console.log(typeof defineEnv, require("@infisical/core/package.json").version);\n`;

const managers: readonly [
  manager: string,
  files: Readonly<Record<string, string>>,
  again: readonly string[],
  node: readonly string[],
][] = [
  [
    "npm",
    { "package-lock.json": '{"lockfileVersion":3,"packages":{}}' },
    ["npm", "ci", "--no-audit", "--no-fund"],
    ["node"],
  ],
  [
    "pnpm",
    { "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" },
    ["npx", "--yes", "pnpm@12.21.0", "install", "--frozen-lockfile"],
    ["node"],
  ],
  [
    "yarn 1",
    { packageManager: "yarn@1.22.22", "yarn.lock": "" },
    ["npx", "--yes", "yarn@1.22.22", "install", "--frozen-lockfile"],
    ["node"],
  ],
  [
    "yarn 4",
    { packageManager: "yarn@4.9.1", "yarn.lock": "" },
    ["npx", "--yes", "@yarnpkg/cli-dist@4.9.1", "install", "--immutable"],
    ["npx", "--yes", "@yarnpkg/cli-dist@4.9.1", "node"],
  ],
];

describe.each(managers)("with %s", (_manager, { packageManager, ...files }, again, node) => {
  test("is installed, found by code, installed again from a copy, and updated", () => {
    const own = {
      name: "my-app",
      private: true,
      ...(packageManager === undefined ? {} : { packageManager }),
    };
    const folder = project({
      ...files,
      "package.json": `${JSON.stringify(own, undefined, 4)}\n`,
      "load.cjs": load,
    });
    const run = ([command = "", ...args]: readonly string[], cwd: string) =>
      programOutput(command, args, { cwd });
    const version = tarballs[0]?.version ?? "";

    expect(install(folder)).toContain("package.json");
    expect(version).toMatch(/^\d+\.\d+\.\d+-\w+(?:\.\d+)?(?:\.g[\da-f]+)?(?:\.c[\da-f]+)?$/);
    expect(run([...node, "load.cjs"], folder)).toBe(`function ${version}\n`);

    // As `git clone` or a container's COPY does.
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    const copy = `${folder} copy`;
    renameSync(folder, copy);
    run(again, copy);
    expect(run([...node, "load.cjs"], copy)).toBe(`function ${version}\n`);

    install(copy, later());
    const listed = readdirSync(join(copy, ".infisical"));
    expect(listed.sort()).toEqual([".gitignore", ...later().map(({ file }) => file)].sort());
    expect(Object.values(manifestOf(copy).dependencies)).toEqual(
      needed.direct.map((name) => `file:.infisical/${later().find((each) => each.name === name)?.file}`),
    );
    expect(run([...node, "load.cjs"], copy)).toBe(`function ${version}\n`);
  });
});

test("an install that fails leaves the project as it was", () => {
  const text = '{ "dependencies": { "a": "file:./missing.tgz" } }';
  const folder = project({ "package.json": text });
  expect(() => install(folder)).toThrow(
    /^`npm install --no-audit --no-fund` failed, and the project's files are as before:\n/,
  );
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(text);
  expect(readdirSync(folder).filter((name) => name !== "node_modules")).toEqual(["package.json"]);
});
