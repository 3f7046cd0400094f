import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkEntries } from "../scripts/check-packages/check-entries.mjs";
import { checkManifests } from "../scripts/check-packages/check-manifests.mjs";
import { checkWorkspaces } from "../scripts/check-packages/check-workspaces.mjs";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { readWorkspaces } from "../scripts/check-packages/read-workspaces.mjs";
import { root } from "../scripts/pnpm.mjs";
import { completeManifest } from "../scripts/sync-packages/manifest.mjs";

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
const lambda = {
  import: { types: "./dist/lambda.d.ts", default: "./dist/lambda.js" },
  require: { types: "./dist/lambda.d.cts", default: "./dist/lambda.cjs" },
};
const packageJson = { "./package.json": "./package.json" };

test("a package that keeps the rules has no violation", () => {
  expect(violationsOf({})).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ["another name", { name: "secrets" }],
  ["another licence", { license: "ISC" }],
  ["side effects", { sideEffects: true }],
  ["CommonJS by default", { type: "commonjs" }],
  ["another Node", { engines: { node: ">=18" } }],
  ["more files", { files: ["dist", "src"] }],
  ["no provenance", { publishConfig: { access: "public" } }],
  ["an install script", { scripts: { build: "tsup", postinstall: "x" } }],
  ["no repository", { repository: undefined }],
  ["another homepage", { homepage: "https://example.com" }],
  ["nowhere to report bugs", { bugs: undefined }],
  ["a copy of core", { peerDependencies: {} }],
  ["another main", { main: "./dist/index.js" }],
  ["a hidden package.json", { exports: { ".": both } }],
  ["no CommonJS", { exports: { ".": { import: both.import }, ...packageJson } }],
  ["one declaration for both", { exports: { ".": { ...both, require: both.import }, ...packageJson } }],
])("a package with %s is put right, and differs until it is", (_, changes) => {
  const good = JSON.stringify(completeManifest("secrets", goodManifest(), { ownBuild: false }));
  expect(good).toBe(JSON.stringify(goodManifest()));
  const changed = { ...goodManifest(), ...changes };
  expect(JSON.stringify(changed)).not.toBe(good);
  expect(JSON.stringify(completeManifest("secrets", changed, { ownBuild: false }))).toBe(good);
});

test("every entry has its types first, conditions before it, and a way for old TypeScript to find it", () => {
  const exports = { ".": { browser: both }, "./lambda": {} };
  const complete = completeManifest("secrets", { ...goodManifest(), exports }, { ownBuild: true });
  expect(JSON.stringify(complete.exports)).toBe(
    JSON.stringify({ ".": { browser: both, ...both }, "./lambda": lambda, ...packageJson }),
  );
  expect(complete["typesVersions"]).toEqual({ "*": { lambda: ["./dist/lambda.d.ts"] } });
  expect(complete["scripts"]).toEqual({ build: "tsup" });
});

test.each<[string, Record<string, unknown>, string]>([
  ["a field of its own", { browser: "./x.js" }, 'unknown field "browser"'],
  ["no description", { description: "Secrets" }, "description must be a sentence"],
  ["no keyword", { keywords: ["infisical", "secrets", "a", "b"] }, 'keywords must have "sdk"'],
  ["hardly a keyword", { keywords: ["infisical", "sdk"] }, "needs at least 4 keywords"],
  ["another version", { version: "99.0.0" }, "since all are released together"],
  ["a bin elsewhere", { bin: { infisical: "./cli.js" } }, "bin.infisical must be in ./dist"],
  ["no main entry", { exports: { "./index": both } }, 'exports must have "."'],
  [
    "a file of its own for browsers",
    { exports: { ".": { browser: "./dist/browser.js", ...both }, ...packageJson } },
    'exports["."].browser must be the import and require of an entry',
  ],
])("a package with %s is a violation", (_, changes, sentence) => {
  expect(violationsOf(changes)).toEqual([expect.stringContaining(sentence)]);
});

test("a README that is missing or is about something else is a violation", () => {
  expect(violationsOf({}, { readme: "# Secrets\n" })).toEqual([
    expect.stringContaining('packages/secrets/README.md must begin with "# @infisical/secrets"'),
  ]);
});

test("a second entry needs a source of its name", () => {
  const exports = { ".": both, "./lambda": lambda, ...packageJson };
  expect(violationsOf({ exports })).toEqual([
    expect.stringContaining('exports["./lambda"] needs packages/secrets/src/lambda.ts'),
  ]);
  for (const file of ["lambda.ts", "lambda/index.ts"]) {
    expect(violationsOf({ exports }, { files: ["index.ts", file] })).toEqual([]);
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
