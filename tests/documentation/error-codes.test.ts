import { describe, expect, test } from "vitest";
import { readText } from "../../scripts/read-text.mjs";

const read = (path: string): string => readText(new URL(`../../${path}`, import.meta.url));
const codes = [...read("packages/core/src/errors/errors.ts").matchAll(/^ {2}\| "(\w+)"/gm)].map(
  ([, code = ""]) => code,
);
const sections = new Map(
  [...read("docs/errors.md").matchAll(/^## (\S+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].map(
    ([, code = "", text = ""]) => [code, text],
  ),
);

test("docs/errors.md holds every code, in the order of the type, and no other", () => {
  expect(codes.length).toBeGreaterThan(15);
  expect([...sections.keys()]).toEqual(codes);
});

describe("every code has its cause and its cure", () => {
  test.each([...sections])("%s", (_, text) => {
    expect(text).toMatch(/^\n\*\*Cause\.\*\* \S[\s\S]*\n\*\*Cure\.\*\* \S/);
  });
});
