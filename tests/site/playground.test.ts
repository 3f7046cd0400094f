import { describe, expect, test } from "vitest";
import { promisedLines } from "../documentation/promised-lines.mjs";
import { exampleOn, executed, finish, printedBy, runnable, show } from "./playground.ts";

describe("each example of a page prints there what it says:", () => {
  for (const file of new Set(runnable.map((block) => block.file))) {
    const blocks = runnable.filter((block) => block.file === file);
    test(file, async (context) => {
      const { page, requested } = await show(context, { file, line: 0 });
      for (const { line, code } of blocks) {
        const example = exampleOn(page, { file, line });
        const output = example.getByRole("log");
        await example.getByRole("button", { name: "Run" }).click();
        await finish(output);
        const promised = promisedLines(code);
        const lines = await printedBy(output, "line");
        expect({ line, errors: await printedBy(output, "error"), lines }).toEqual({
          ...{ line, errors: [], lines: promised.length > 0 ? promised : lines },
        });
      }
      const { origin } = new URL(page.url());
      const elsewhere = requested.filter(
        (address) => /^(?:http|ws)/.test(address) && !address.startsWith(origin),
      );
      expect(elsewhere).toEqual([]);
    });
  }
});

test("most examples run in the page", () => {
  const files = new Set(runnable.map(({ file }) => file));
  // Raise them with the number of examples. A package that starts to need Node lowers them.
  expect(executed.length).toBeGreaterThanOrEqual(126);
  expect(runnable.length).toBeGreaterThanOrEqual(96);
  expect(files.size).toBeGreaterThanOrEqual(38);
});

test("an example that needs Node has no button", async (context) => {
  const [block] = executed.filter((each) => each.file.startsWith("docs/") && !runnable.includes(each));
  if (block === undefined) throw new Error("Every example runs in a page");
  const { page, example } = await show(context, block);
  expect(await page.locator("h1").count()).toBe(1);
  expect(await example.count()).toBe(0);
});
