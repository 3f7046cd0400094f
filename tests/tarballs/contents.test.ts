import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";
import { installedFolder, packed } from "../packed/packed.ts";

test("every package is packed", () => {
  const folders = readdirSync(join(root, "packages"));
  expect(packed.packages.map(({ folder }) => folder).sort()).toEqual(folders.sort());
});

describe.each(packed.packages)("the tarball of $name", (each) => {
  const folder = installedFolder(each);
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const built = each.files.filter((file) => file.startsWith("dist/"));

  test("holds the licence, the README and package.json, and else only what was built", () => {
    const others = each.files.filter((file) => !built.includes(file));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json"]);
    expect(
      built.filter((file) => !/\.(?:js|cjs|d\.ts|d\.cts)$|^dist\/THIRD-PARTY-LICENSES$/.test(file)),
    ).toEqual([]);
    expect(read("LICENSE")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  });

  test("holds every file that its package.json names", () => {
    const { exports, main, module, types, bin = {} } = JSON.parse(read("package.json"));
    const named =
      JSON.stringify([exports, main, module, types, bin]).match(/\.\/(?:dist\/|package\.json)[^"]*/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
  });

  test("names versions that a registry knows", () => {
    expect(read("package.json")).not.toMatch(/workspace:|catalog:|"file:/);
  });

  test("holds the licence of all other people's code that was taken in", () => {
    const code = built.filter((file) => /\.c?js$/.test(file)).map(read);
    const marks = code.flatMap((text) => [
      ...text.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w-][\w.-]*)\//g),
    ]);
    const takenIn = new Set(marks.map(([, name = ""]) => name));
    const licenses = takenIn.size > 0 ? read("dist/THIRD-PARTY-LICENSES") : "";
    expect([...takenIn].filter((name) => !licenses.includes(`\n${name} `))).toEqual([]);
  });

  test("holds no other package of ours, and nothing of the machine that built it", () => {
    const text = built.map(read).join("\n");
    expect(text).not.toMatch(/^\/\/ \.\.\/[\w-]+\/(?:src|dist)\//m);
    expect(text).not.toContain(root);
  });
});
