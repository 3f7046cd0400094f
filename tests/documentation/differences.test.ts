import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const testFolder = new URL("packages/sdk/test/", root);

test("each row of docs/differences.md has a test of its name", () => {
  const page = readFileSync(new URL("docs/differences.md", root), "utf8");
  const rows = [...page.matchAll(/^\| (.+?) +\|/gm)].map(([, name = ""]) => name.replaceAll("`", ""));
  const files = readdirSync(testFolder).filter((name) => name.endsWith("differences.test.ts"));
  const text = files.map((name) => readFileSync(new URL(name, testFolder), "utf8")).join("\n");
  const names = rows.filter((name) => name !== "official SDK" && !/^-+$/.test(name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !text.includes(`test("${name}"`))).toEqual([]);
});
