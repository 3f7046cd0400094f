import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { thirdPartyLicenses } from "../scripts/third-party-licenses.mjs";

/** Builds a source that may import a package "left" (with a licence) and a package "@of/right". */
async function buildWith(source: string, rightFiles: Record<string, string>, fields: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-licenses-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  addPackage(folder, { name: "left", ...fields }, { "LICENSE.md": "Licence of left" });
  addPackage(folder, { name: "@of/right", author: "somebody" }, rightFiles);
  writeFileSync(join(folder, "index.js"), source);
  const result = await build({
    absWorkingDir: folder,
    entryPoints: ["index.js"],
    bundle: true,
    outdir: join(folder, "dist"),
    logLevel: "silent",
    plugins: [thirdPartyLicenses()],
  }).catch((error: Error) => error);
  return { result, licenses: join(folder, "dist/THIRD-PARTY-LICENSES") };
}

function addPackage(
  folder: string,
  fields: { readonly name: string; readonly author?: string },
  files: Record<string, string>,
): void {
  const place = join(folder, "node_modules", fields.name);
  mkdirSync(place, { recursive: true });
  const manifest = JSON.stringify({ version: "1.2.3", license: "MIT", ...fields });
  for (const [file, text] of Object.entries({
    "package.json": manifest,
    "index.js": "alert(1);",
    ...files,
  })) {
    writeFileSync(join(place, file), text);
  }
}

test("a build that takes in other people's code has their licences and notices next to it", async () => {
  const files = { LICENSE: "Licence of right", NOTICE: "Notice of right" };
  const { licenses } = await buildWith('import "left"; import "@of/right";', files);
  const text = readFileSync(licenses, "utf8");
  expect(text).toMatch(/\nleft 1\.2\.3, MIT, by its authors\n=+\n\nLicence of left\n/);
  expect(text).toMatch(/\n@of\/right 1\.2\.3, MIT, by somebody\n=+\n\nLicence of right\n\nNotice of right\n/);
  expect(text.indexOf("@of/right")).toBeLessThan(text.indexOf("left 1"));
});

test("what is imported but not used needs no licence", async () => {
  const { licenses } = await buildWith('import { left } from "left"; alert(2);', {}, { sideEffects: false });
  expect(existsSync(licenses)).toBe(false);
});

test("a build of own code alone has no file of licences", async () => {
  const { licenses } = await buildWith("alert(2);", {});
  expect(existsSync(licenses)).toBe(false);
});

test("code without a licence text is not taken in", async () => {
  const { result } = await buildWith('import "@of/right";', {});
  expect(String(result)).toContain("@of/right is taken into the build, but has no licence text");
});
