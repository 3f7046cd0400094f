import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkEntries } from "../scripts/check-packages/check-entries.mjs";
import { checkManifests } from "../scripts/check-packages/check-manifests.mjs";
import { checkWorkspaces } from "../scripts/check-packages/check-workspaces.mjs";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { readWorkspaces } from "../scripts/check-packages/read-workspaces.mjs";
import { root } from "../scripts/pnpm.mjs";

const packages = readPackages(root);

test("every package.json of the repository has the one form", () => {
  expect(packages.length).toBeGreaterThanOrEqual(5);
  const workspaces = readWorkspaces(root);
  expect(workspaces.length).toBeGreaterThan(packages.length);
  const violations = [...checkManifests(packages), ...checkEntries(packages), ...checkWorkspaces(workspaces)];
  expect(violations).toEqual([]);
});

/** The package.json of a package that keeps the rules, to be broken in one place. */
function goodManifest(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, "packages/secrets/package.json"), "utf8"));
}

/** What the checks say of a package whose package.json is changed so. */
function violationsOf(changes: Record<string, unknown>, other: { readme?: string; files?: string[] } = {}) {
  const { readme = "# @infisical/secrets\n", files = ["index.ts"] } = other;
  const sources = files.map((file) => ({ file, text: "" }));
  const changed = { folder: "secrets", manifest: { ...goodManifest(), ...changes }, readme, sources };
  const neighbour = { ...changed, manifest: goodManifest(), readme: "# @infisical/secrets\n" };
  return [...checkManifests([neighbour, changed]), ...checkEntries([changed])];
}

const both = {
  import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
  require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
};
const packageJson = { "./package.json": "./package.json" };

test("a package that keeps the rules has no violation", () => {
  expect(violationsOf({})).toEqual([]);
});

test.each<[string, Record<string, unknown>, string]>([
  ["another name", { name: "secrets" }, 'name must be "@infisical/secrets"'],
  ["another licence", { license: "ISC" }, 'license must be "MIT"'],
  ["side effects", { sideEffects: true }, "sideEffects must be false"],
  ["CommonJS by default", { type: "commonjs" }, 'type must be "module"'],
  ["another Node", { engines: { node: ">=18" } }, 'engines must be {"node":">=20"}'],
  ["more files", { files: ["dist", "src"] }, 'files must be ["dist"]'],
  ["no provenance", { publishConfig: { access: "public" } }, "publishConfig must be"],
  ["an install script", { scripts: { build: "tsup", postinstall: "x" } }, 'scripts must be {"build":"tsup"}'],
  ["no repository", { repository: undefined }, "repository must be"],
  ["no homepage", { homepage: "https://example.com" }, "homepage must be"],
  ["no place for bugs", { bugs: undefined }, "bugs must be"],
  ["a field of its own", { browser: "./x.js" }, "browser is no field that a package here has"],
  ["no description", { description: "Secrets" }, "description must be a sentence"],
  ["no keyword", { keywords: ["infisical", "secrets", "a", "b"] }, 'keywords must have "sdk"'],
  ["hardly a keyword", { keywords: ["infisical", "sdk"] }, "keywords must be at least 4"],
  ["another version", { version: "99.0.0" }, "since all are released together"],
  ["a copy of core", { peerDependencies: {} }, "must be a peer and a dev dependency"],
  ["another main", { main: "./dist/index.js" }, "main must be ./dist/index.cjs"],
  ["hidden package.json", { exports: { ".": both } }, 'exports must have "./package.json"'],
  ["a bin elsewhere", { bin: { infisical: "./cli.js" } }, "bin.infisical must be in ./dist"],
  [
    "no CommonJS",
    { exports: { ".": { import: both.import }, ...packageJson } },
    'exports["."].require must be {"types":"./dist/index.d.cts","default":"./dist/index.cjs"}',
  ],
  [
    "types last",
    {
      exports: {
        ".": { ...both, import: { default: both.import.default, types: both.import.types } },
        ...packageJson,
      },
    },
    'exports["."].import must be',
  ],
  [
    "one declaration for both",
    {
      exports: { ".": { ...both, require: { ...both.require, types: "./dist/index.d.ts" } }, ...packageJson },
    },
    'exports["."].require must be',
  ],
  [
    "a file of its own for browsers",
    { exports: { ".": { browser: "./dist/browser.js", ...both }, ...packageJson } },
    'exports["."].browser must be the import and require of an entry',
  ],
  [
    "a condition that comes too late",
    { exports: { ".": { ...both, browser: both }, ...packageJson } },
    'exports["."].browser must come before import and require',
  ],
])("a package with %s is a violation", (_, changes, sentence) => {
  expect(violationsOf(changes)).toEqual([expect.stringContaining(sentence)]);
});

test("a README that is missing or is about something else is a violation", () => {
  expect(violationsOf({}, { readme: "# Secrets\n" })).toEqual([
    expect.stringContaining('packages/secrets/README.md must begin with "# @infisical/secrets"'),
  ]);
});

test("a second entry needs a source of its name, and a way for old TypeScript to find it", () => {
  const lambda = {
    import: { types: "./dist/lambda.d.ts", default: "./dist/lambda.js" },
    require: { types: "./dist/lambda.d.cts", default: "./dist/lambda.cjs" },
  };
  const exports = { ".": both, "./lambda": lambda, ...packageJson };
  expect(violationsOf({ exports })).toEqual([
    expect.stringContaining('exports["./lambda"] needs packages/secrets/src/lambda.ts'),
    expect.stringContaining('exports["./lambda"] needs typesVersions'),
  ]);
  const typesVersions = { "*": { lambda: ["./dist/lambda.d.ts"] } };
  for (const file of ["lambda.ts", "lambda/index.ts"]) {
    expect(violationsOf({ exports, typesVersions }, { files: ["index.ts", file] })).toEqual([]);
  }
});

test("an entry may be another one where a bundler builds for browsers", () => {
  const exports = { ".": { browser: both, ...both }, ...packageJson };
  expect(violationsOf({ exports })).toEqual([]);
});

test.each([
  ["packages/a/package.json", { private: true }, "since everything in packages/ is published"],
  ["examples/a/package.json", {}, "private must be true"],
  ["tests/package.json", { private: true, dependencies: { ms: "^2.0.0" } }, 'ms must be "catalog:…"'],
  ["package.json", { private: true, devDependencies: { ms: "2.0.0" } }, 'ms must be "catalog:…"'],
  [
    "packages/a/package.json",
    { peerDependencies: { "@infisical/core": "^1.0.0" } },
    '@infisical/core must be "workspace:…"',
  ],
])("in %s, %o is a violation", (file, manifest, sentence) => {
  expect(checkWorkspaces([{ file, manifest }])).toEqual([expect.stringContaining(sentence)]);
});
