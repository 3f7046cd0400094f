import { expect, test } from "vitest";
import { checkImports } from "../scripts/check-packages/check-imports.mjs";
import { checkText } from "../scripts/check-packages/check-words.mjs";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { root } from "../scripts/pnpm.mjs";

const dependencies = {
  ms: "catalog:",
  "@infisical/core": "workspace:*",
  "@infisical/secrets": "workspace:*",
};

/** What the check says of one source file in a package. */
function check(folder: string, file: string, text: string): string[] {
  return checkImports([
    { folder, manifest: { dependencies }, sources: [{ file, text }] },
    { folder: "core", manifest: { exports: { ".": {}, "./authoring": {} } }, sources: [] },
  ]);
}

test("the repository keeps its own rules", () => {
  const packages = readPackages(root);
  expect(packages.length).toBeGreaterThanOrEqual(5);
  expect(checkImports(packages)).toEqual([]);
});

test.each([
  ["core", "a.ts", 'import { secrets } from "@infisical/secrets";', "of ours, core can import nothing"],
  ["secrets", "a.ts", 'import { x } from "@infisical/sdk";', "of ours, secrets can import core"],
  [
    "auth-universal",
    "a.ts",
    'import { x } from "@infisical/secrets";',
    "of ours, auth-universal can import core",
  ],
  [
    "secrets",
    "a.ts",
    'import { x } from "@infisical/core/dist/session";',
    "use a public entry of @infisical/core",
  ],
  ["secrets", "a.ts", 'export { x } from "left-pad";', "of others', secrets can import nothing"],
  ["secrets", "a.ts", 'const x = await import("left-pad");', "of others', secrets can import nothing"],
  [
    "test-server",
    "a.ts",
    'import type { x } from "@infisical/core";',
    "of ours, test-server can import nothing",
  ],
  ["core", "a.ts", 'import { readFile } from "node:fs";', "it must run where there is no Node"],
  [
    "auth-aws",
    "a.ts",
    'import { SignatureV4 } from "@smithy/signature-v4";',
    "make it a dev dependency only",
  ],
  ["core", "a.ts", "const x = process.env.HOME;", "do it in a file named environment.ts"],
  [
    "core",
    "a.ts",
    'const path = "/api/v3/secrets/raw";',
    "core knows only those of tokens and how logins are named",
  ],
  ["sdk", "a.ts", 'const path = "/api/v1/auth/token/renew";', "sdk only assembles"],
  ["core", "a.ts", 'export * from "./b.ts";', "list what is exported by name"],
  ["sdk", "a.ts", 'export * from "./b.ts";', "list what is exported by name"],
  ["test-server", "a.ts", 'import { Hono } from "hono";', "declare it in packages/test-server/package.json"],
])("in %s, %s with %s is a violation", (folder, file, text, sentence) => {
  expect(check(folder, file, text)).toEqual([expect.stringContaining(sentence)]);
});

test("what a rule allows is no violation", () => {
  expect(check("secrets", "environment.ts", 'import { x } from "@infisical/core"; process.env.X;')).toEqual(
    [],
  );
  expect(check("secrets", "a.ts", 'import { x } from "@infisical/core/authoring";')).toEqual([]);
  expect(check("core", "transports/node.ts", 'import http from "node:http";')).toEqual([]);
  expect(check("core", "a.ts", 'import { x } from "#default-transport";')).toEqual([]);
  expect(check("sdk", "index.ts", 'export * from "@infisical/core";')).toEqual([]);
  expect(check("core", "a.ts", 'import ms from "ms"; const path = "/api/v1/auth/token/renew";')).toEqual([]);
});

test("a library that belongs in one file is a violation in two", () => {
  const sources = ["a.ts", "b.ts"].map((file) => ({ file, text: 'import ms from "ms";' }));
  expect(checkImports([{ folder: "core", manifest: { dependencies }, sources }])).toEqual([
    "packages/core imports ms in a.ts, b.ts: keep it in one file.",
  ]);
});

test.each([
  ["The body is no JSON.", ['"is no"']],
  ["It waits for ever, and beside that it may not end.", ['"for ever"', '"beside"', '"may not"']],
  [
    "Servers of 2024 lack it: give it back unless told.",
    ['"unless told"', '"give it back"', '"Servers of 2024"'],
  ],
  ["There is no such project, the token is no longer valid, and besides, nothing was returned.", []],
])("words to avoid are found in %j", (text, words) => {
  expect(checkText("a.md", text)).toEqual(
    words.map((word) => expect.stringContaining(`a.md:1: ${word}: write `)),
  );
});
