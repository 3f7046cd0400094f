import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newPackageFiles } from "../scripts/new-package/files.mjs";
import { root } from "../scripts/pnpm.mjs";

test.each(["auth-ldap", "auth-tls-cert", "certificates", "zoo-keepers"])(
  "the files of %s have every name filled in, and export what their list says",
  (folder) => {
    const files = newPackageFiles(folder, "6.0.0");
    expect([...files.keys()]).toContain(`packages/${folder}/README.md`);
    expect([...files].filter(([path, text]) => /\{\{\w+\}\}/.test(`${path}${text}`))).toEqual([]);
    const listed = files.get(`tests/tarballs/exports/${folder}.txt`)?.match(/(?<=type {5}|function )\w+/g);
    expect(listed).toEqual([...(listed ?? [])].sort((one, other) => (one < other ? -1 : 1)));
    const index = files.get(`packages/${folder}/src/index.ts`) ?? "";
    expect([...index.matchAll(/\b(?:type )?(\w+)(?=,| \})/g)].map(([, name]) => name).sort()).toEqual(
      [...(listed ?? [])].sort(),
    );
  },
);

test.each([
  ["kms", "exists already"],
  ["Auth", "must be a folder in lower case"],
  ["auth", "must be a folder in lower case"],
  ["constructor", "must not be a word of JavaScript"],
  ["class", "must not be a word of JavaScript"],
  ["transport-quic", "no template for a transport"],
  ["../elsewhere", "must be a folder in lower case"],
])("a package cannot be called %s", (name, message) => {
  const manifest = readFileSync(join(root, "packages/kms/package.json"), "utf8");
  const { status, stderr } = spawnSync("node", ["scripts/new-package.mjs", name], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(existsSync(join(root, "packages", name)) && name !== "kms").toBe(false);
  expect(readFileSync(join(root, "packages/kms/package.json"), "utf8")).toBe(manifest);
});
