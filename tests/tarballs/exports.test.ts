import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { packed } from "../packed/packed.ts";
import { declaredExports, type Exports, loadedNames } from "./exports.ts";

const manifests = fileURLToPath(new URL("exports", import.meta.url));

/** The names of what is there when a program runs. */
function runtimeNames(exports: Exports): string[] {
  return [...exports].filter(([, kind]) => kind !== "type").map(([name]) => name);
}

test("no list of exports is left over from a package that is gone", () => {
  const files = packed.packages.map(({ folder }) => `${folder}.txt`);
  expect(readdirSync(manifests).filter((file) => !files.includes(file))).toEqual([]);
});

describe.each(packed.packages)("$name", (each) => {
  const declared = declaredExports(each, "import");

  test("exports what the reviewed list says", async () => {
    const text = [...declared].map(([entry, exports]) => {
      const lines = [...exports].map(([name, kind]) => `  ${kind.padEnd(8)} ${name}\n`);
      return `${each.name}${entry.slice(1)}\n${lines.join("")}`;
    });
    const list = `${manifests}/${each.folder}.txt`;
    const advice = `if the change is meant, add it to tests/tarballs/exports/${each.folder}.txt`;
    await expect(text.join("\n"), advice).toMatchFileSnapshot(list);
  });

  test("exports the same to ESM and to CommonJS", () => {
    expect(declaredExports(each, "require")).toEqual(declared);
  });

  // A preload would run.
  const loadable = [...declared].filter(([entry]) => each.specifiers.includes(each.name + entry.slice(1)));
  test.each(loadable)("has at run time what the declarations of %s promise", (entry, exports) => {
    for (const kind of ["import", "require"] as const) {
      const specifier = each.name + entry.slice(1);
      expect(loadedNames(specifier, kind)).toEqual(runtimeNames(exports));
    }
  });
});
