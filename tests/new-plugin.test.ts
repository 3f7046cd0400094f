import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newPluginFiles } from "../scripts/new-plugin/files.mjs";
import { refusalOf } from "../scripts/new-plugin/refusal.mjs";
import { neededPackages, readPublished } from "../scripts/pack-for/needed-packages.mjs";
import { root } from "../scripts/pnpm.mjs";

const place = mkdtempSync(join(tmpdir(), "infisical-new-plugin-"));
afterAll(() => rmSync(place, { recursive: true }));

test.each([
  ["my-plugin", "resource", "my-plugin", "myPlugin()"],
  ["infisical-resource-acme", "resource", "acme", "acme()"],
  ["auth-acme", "auth", "acme-auth", "acmeAuth("],
  ["infisical_acme.auth", "auth", "acme-auth", "acmeAuth("],
  ["transport", "transport", "transport-transport", "transportTransport("],
])("the files of %s have every name filled in", (name, kind, file, factory) => {
  const tarballs = { "@infisical/core": "file:vendor/core.tgz" };
  const files = newPluginFiles(join(place, name), kind, tarballs);
  expect([...files].filter(([path, text]) => /\{\{\w+\}\}/.test(`${path}${text}`))).toEqual([]);
  expect(files.get(`src/${file}.ts`)).toContain(`export function ${factory}`);
  expect([...files.keys()].filter((path) => path.startsWith("test/")).sort()).toEqual(
    ["test/contract.test.ts", `test/${file}.test.ts`].sort(),
  );
  const manifest = JSON.parse(files.get("package.json") ?? "");
  expect(manifest).toMatchObject({ name, devDependencies: tarballs });
  expect(manifest.peerDependencies["@infisical/core"]).toMatch(/^\^\d/);
  expect(files.get("README.md")).toContain(`# ${name}\n`);
});

test.each([
  ["My-Plugin", "resource", /must begin with a lower-case letter or a digit and .*, got "My-Plugin"\.$/],
  [".plugin", "resource", /must begin with a lower-case letter .*, got "\.plugin"\.$/],
  ["plügin", "resource", /must begin with a lower-case letter .*, got "plügin"\.$/],
  ["a".repeat(215), "resource", /at most 214 characters, got "a+"\.$/],
  ["http", "resource", /not be one that npm refuses, .*, got "http"\.$/],
  ["node_modules", "resource", /not be one that npm refuses, .*, got "node_modules"\.$/],
  ["class", "resource", /not a word of JavaScript or of the client, got "class"\.$/],
  ["2fa", "resource", /not a word of JavaScript or of the client, got "2fa"\.$/],
  ["infisical-auth", "resource", /not a word of JavaScript or of the client, got "infisical-auth"\.$/],
  ["aws-auth", "auth", /that of a login that Infisical has already, got "aws-auth"\.$/],
  ["jwt", "auth", /that of a login that Infisical has already, got "jwt"\.$/],
  ["acme", "cache", /^The kind must be one of resource, auth, transport, got "cache"\.$/],
])("a package cannot be called %s as %s", (name, kind, message) => {
  expect(refusalOf(join(place, name), kind)).toMatch(message);
  expect(refusalOf(join(place, name), kind)).not.toContain("\n");
});

test("a package is not written over what there is, nor below a file", () => {
  mkdirSync(join(place, "full"));
  writeFileSync(join(place, "full/file"), "");
  mkdirSync(join(place, "empty"));
  const rule = "The folder must be new or empty, and not below a file, got";
  for (const path of ["full", "full/file", "full/file/acme"]) {
    expect(refusalOf(join(place, path), "resource")).toBe(`${rule} ${JSON.stringify(join(place, path))}.`);
  }
  for (const path of ["empty", "none", "none/at/all"]) {
    expect(refusalOf(join(place, path), "resource")).toBeUndefined();
  }
});

test("a package is not written into the repository, by whatever link", () => {
  symlinkSync(join(root, "packages"), join(place, "link"), "junction");
  for (const path of [join(root, "acme"), join(root, "packages/a/acme"), join(place, "link/acme")]) {
    expect(refusalOf(path, "auth")).toMatch(/^The folder must be outside this repository, .*acme"\.$/);
  }
  expect(refusalOf(`${root.replace(/[\\/]$/, "")}-other/acme`, "auth")).toBeUndefined();
});

test.each([
  [[], "Name one folder, such as ../my-plugin, got []."],
  [["../a", "../b"], 'Name one folder, such as ../my-plugin, got ["../a","../b"].'],
  [["packages/acme"], "must be outside this repository"],
  [[join(place, "acme"), "--kind", "cache"], "The kind must be one of resource, auth, transport"],
  [[join(place, "acme"), "--sort", "auth"], "Unknown option '--sort'"],
])("the command refuses %j, and writes nothing", (args, message) => {
  const { status, stderr } = spawnSync("node", ["scripts/new-plugin.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, npm_lifecycle_event: "", INIT_CWD: "" },
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(stderr.trim()).not.toContain("\n");
  expect(existsSync(join(root, "packages/acme"))).toBe(false);
});

test("a package is packed with those that it needs", () => {
  const withNeeded = (folders: readonly string[]): string[] => {
    const names = folders.map((folder) => `@infisical/${folder}`);
    const { direct, inner } = neededPackages(names, readPublished(root));
    return [...direct, ...inner].map((name) => name.slice("@infisical/".length)).sort();
  };
  expect(withNeeded(["core"])).toEqual(["core"]);
  expect(withNeeded(["auth-env"])).toEqual(["auth-env", "core"]);
  expect(withNeeded(["sdk"])).toEqual(expect.arrayContaining(["auth-universal", "core", "sdk", "secrets"]));
});
