import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";

test("every option of every public function has an example in a docstring, a README or a guide", () => {
  const withoutExample = JSON.parse(readFileSync(`${root}site/pages/options-without-example.json`, "utf8"));
  expect(withoutExample).toEqual([]);
});
