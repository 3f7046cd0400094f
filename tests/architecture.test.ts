import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readPackages } from "../scripts/check-packages/read-packages.mjs";
import { readText } from "../scripts/read-text.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readText(`${root}${file}`);

test("the list of the packages' imports has all of them, and nothing else", () => {
  const packages = readPackages(root);
  const imports = packages.flatMap(({ folder, sources }) => {
    const code = sources.map(({ text }) => text.replaceAll(/\/\*[\s\S]*?\*\//g, "")).join("\n");
    const names = [...code.matchAll(/(?:from |import\()["']@infisical\/([\w-]+)/g)].map(([, name]) => name);
    // A package names itself where it prints an example.
    return [...new Set(names)].filter((name) => name !== folder).map((name) => `${folder}: ${name}`);
  });
  const lines = [...read("ARCHITECTURE.md").matchAll(/^- `([\w-]+)`: (none|`.*`)$/gm)];
  const listed = lines.flatMap(([, folder, names = ""]) =>
    [...names.matchAll(/`([\w-]+)`/g)].map(([, name]) => `${folder}: ${name}`),
  );
  expect(listed.sort()).toEqual(imports.sort());
  expect(lines.map(([, folder]) => folder).sort()).toEqual(packages.map(({ folder }) => folder).sort());
});

test.each(["ARCHITECTURE.md", "SECURITY.md"])("every source file that %s names is there", (document) => {
  const names = [...read(document).matchAll(/`([\w-]+\/src[\w./-]*)`/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !existsSync(`${root}packages/${name}`))).toEqual([]);
});
