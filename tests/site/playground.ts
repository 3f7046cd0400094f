import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { TestContext } from "vitest";
import { runsInPage } from "../../site/playground/runs-in-page.mjs";
import { isRun } from "../documentation/example-blocks.mjs";
import { type CodeBlock, markdownBlocks } from "../documentation/markdown-blocks.mjs";
import { openPage } from "../kit/chromium.ts";
import { serveSite } from "./site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The examples that the tests of the documentation run. */
export const executed: readonly CodeBlock[] = markdownBlocks(root).filter(isRun);

/** Those of them that a reader can run in the page. */
export const runnable = executed.filter(({ code }) => runsInPage(code));

/** An example on its page of the built site. */
export interface ShownExample {
  readonly page: Page;
  /** The addresses of all that the page has asked for. */
  readonly requested: readonly string[];
  readonly example: Locator;
  readonly output: Locator;
}

/** Timers that end what takes too long. Here a busy machine may take its time, unless a test moves the page's clock. */
const withoutLimits = `{
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, time, ...rest) => setTimeout(run, time >= 10_000 ? 2 ** 31 - 1 : time, ...rest);
}`;

/** Opens the page of an example, and waits until its buttons work. */
export async function show(
  context: TestContext,
  { file, line }: Pick<CodeBlock, "file" | "line">,
  options: BrowserContextOptions = {},
): Promise<ShownExample> {
  const page = await openPage(context, options);
  await page.addInitScript(withoutLimits);
  const requested: string[] = [];
  page.on("request", (request) => void requested.push(request.url()));
  const path = file.replace(/README\.md$/, "").replace(/\.md$/, ".html");
  await page.goto(`${await serveSite()}${path}`);
  // What Vue adds to it once the page works.
  await page.waitForFunction("document.querySelector('#app').__vue_app__");
  const example = exampleOn(page, { file, line });
  return { page, requested, example, output: example.getByRole("log") };
}

/** The example of a file and a line on its page. */
export function exampleOn(page: Page, { file, line }: Pick<CodeBlock, "file" | "line">): Locator {
  return page.locator(`[data-example="${file}:${line}"]`);
}

/** Replaces the text of an example and runs it. */
export async function runText({ page, example }: ShownExample, code: string): Promise<void> {
  await example.getByRole("button", { name: "Edit" }).click();
  await example.getByRole("textbox").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(code);
  await example.getByRole("button", { name: "Run" }).click();
}

/** The lines of one kind that an example has printed. */
export async function printedBy(output: Locator, kind: "line" | "warning" | "error"): Promise<string[]> {
  const texts = await output.locator(`.runnable-${kind}`).allTextContents();
  return texts.map((text) => text.replace(/\n$/, ""));
}

/** Waits until the last statement of an example has run. */
export async function finish(output: Locator): Promise<void> {
  await output.and(output.page().locator("[data-state=finished]")).waitFor();
}
