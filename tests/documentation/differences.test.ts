import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readText } from "../../scripts/read-text.mjs";

const root = new URL("../../", import.meta.url);
const testFolder = new URL("packages/sdk/test/", root);

test("each row of docs/differences.md has a test of its name", () => {
  const page = readText(new URL("docs/differences.md", root));
  const rows = [...page.matchAll(/^\| (.+?) +\|/gm)].map(([, name = ""]) => name.replaceAll("`", ""));
  const files = readdirSync(testFolder).filter((name) => name.endsWith("differences.test.ts"));
  const text = files.map((name) => readText(new URL(name, testFolder))).join("\n");
  const names = rows.filter((name) => name !== "official SDK" && !/^-+$/.test(name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !text.includes(`test("${name}"`))).toEqual([]);
});
