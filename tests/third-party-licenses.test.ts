import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { thirdPartyLicenses } from "../scripts/third-party-licenses.mjs";

/** Builds a source that may import a package "left" (with a licence) and a package "@of/right". */
async function buildWith(source: string, rightFiles: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-licenses-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  addPackage(folder, "left", { "LICENSE.md": "Licence of left" });
  addPackage(folder, "@of/right", rightFiles);
  writeFileSync(join(folder, "index.js"), source);
  const result = await build({
    absWorkingDir: folder,
    entryPoints: ["index.js"],
    bundle: true,
    outdir: join(folder, "dist"),
    logLevel: "silent",
    plugins: [thirdPartyLicenses()],
  }).catch((error: Error) => error);
  return { result, licenses: join(folder, "dist", "licenses") };
}

function addPackage(folder: string, name: string, files: Record<string, string>): void {
  const place = join(folder, "node_modules", name);
  mkdirSync(place, { recursive: true });
  const manifest = JSON.stringify({ name, version: "1.2.3" });
  for (const [file, text] of Object.entries({
    "package.json": manifest,
    "index.js": "alert(1);",
    ...files,
  })) {
    writeFileSync(join(place, file), text);
  }
}

test("a build that takes in other people's code has their licences and notices beside it", async () => {
  const files = { LICENSE: "Licence of right", NOTICE: "Notice of right" };
  const { licenses } = await buildWith('import "left"; import "@of/right";', files);
  expect(readdirSync(licenses).sort()).toEqual(["@of__right.txt", "left.txt"]);
  expect(readFileSync(join(licenses, "left.txt"), "utf8")).toBe("left 1.2.3\n\nLicence of left\n");
  expect(readFileSync(join(licenses, "@of__right.txt"), "utf8")).toBe(
    "@of/right 1.2.3\n\nLicence of right\n\nNotice of right\n",
  );
});

test("a build of own code alone has no folder of licences", async () => {
  const { licenses } = await buildWith("alert(2);", {});
  expect(existsSync(licenses)).toBe(false);
});

test("code without a licence text is not taken in", async () => {
  const { result } = await buildWith('import "@of/right";', {});
  expect(String(result)).toContain("@of/right is taken into the build, but has no licence text");
});
