import { describe, expect, test } from "vitest";
import { faintTexts } from "./contrast.ts";
import { finish, printedBy, runnable, runText, show } from "./playground.ts";

const block = runnable.find(({ file }) => file === "packages/secrets/README.md") ?? { file: "", line: 0 };
const ofPlayground = /\/(?:run-example|editor|worker|infisical-[\w-]+|chunk-\w+)\.[\w-]+\.js$/;

test("a page loads nothing of what runs examples before the first click, and no editor before Edit", async (context) => {
  const { example, output, requested } = await show(context, block);
  const loaded = (): string[] => requested.filter((address) => ofPlayground.test(address));
  expect(loaded()).toEqual([]);
  await example.getByRole("button", { name: "Run" }).click();
  await finish(output);
  expect(loaded().length).toBeGreaterThan(0);
  expect(loaded().filter((address) => address.includes("/editor."))).toEqual([]);
});

test("an edited example prints what it then says, and Reset brings the original back", async (context) => {
  const shown = await show(context, block);
  const { example, output } = shown;
  const original = await example.locator("pre code").textContent();
  await runText(shown, `const text: string = await Promise.resolve("edited"); console.log(text, 1, { a: 2 });`);
  await finish(output);
  expect(await printedBy(output, "line")).toEqual(['edited 1 {\n  "a": 2\n}']);
  await example.getByRole("button", { name: "Reset" }).click();
  expect(await example.locator("pre code").textContent()).toBe(original);
  expect(await output.textContent()).toBe("");
  expect(await example.getByRole("button", { name: "Edit" }).evaluate("(b) => b === document.activeElement")).toBe(true);
});

describe("a failure is shown:", () => {
  const failures = [
    {
      name: "an error of the server, with its class and code",
      code: `await client.secrets().getSecret({ projectId, environment: "dev", secretName: "NOT_THERE" });`,
      shown: /^InfisicalSDKRequestError NOT_FOUND: \[URL=/,
    },
    { name: "a text that does not parse", code: "const = 1;", shown: /^SyntaxError: .*\(1:7\)$/ },
    {
      name: "a module that a page does not have",
      code: `import { readFile } from "node:fs"; readFile("a");`,
      shown: /^TypeError: The module "node:fs" is not among those that run in a page$/,
    },
    {
      name: "a rejection that nothing handles",
      code: `void Promise.reject(new RangeError("too late"));`,
      shown: /^RangeError: too late$/,
    },
  ];
  test.for(failures)("$name", async ({ code, shown: expected }, context) => {
    const shown = await show(context, block);
    await runText(shown, code);
    await shown.output.locator(".runnable-error").waitFor();
    const errors = await printedBy(shown.output, "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(expected);
  });
});

test("the keyboard alone opens the editor, runs from it and leaves it", async (context) => {
  const { page, example, output } = await show(context, block);
  await example.getByRole("button", { name: "Run" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const editor = example.getByRole("textbox");
  await editor.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText('console.log("by keyboard");');
  expect(await editor.textContent()).toBe('  console.log("by keyboard");');
  await page.keyboard.press("ControlOrMeta+Enter");
  await finish(output);
  expect(await printedBy(output, "line")).toEqual(["by keyboard"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await example.getByRole("button", { name: "Run" }).and(page.locator(":focus")).waitFor();
});

describe("an editor and an output are readable:", () => {
  const looks = ([360, 1280] as const).flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );
  test.for(looks)("$colorScheme, $width px wide", async ({ width, colorScheme }, context) => {
    const shown = await show(context, block, { colorScheme, viewport: { width, height: 900 } });
    const code = `// A comment\nconst text: string = "a".repeat(300);\nconsole.log(text, 1);\nconsole.warn("w");\nthrow new Error(text);`;
    await runText(shown, code);
    await finish(shown.output);
    const overflow = await shown.page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect({ overflow, faint: await shown.page.evaluate(faintTexts) }).toEqual({ overflow: 0, faint: [] });
  });
});
