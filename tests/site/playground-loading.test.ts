import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { finish, printedBy, runnable, runText, show } from "./playground.ts";

const [block = { file: "", line: 0 }] = runnable;

/** The files that a click on Run or Edit loads. */
const files = {
  run: /\/run-example\.[\w-]+\.js$/,
  worker: /\/worker\.[\w-]+\.js$/,
  module: /\/placeholders\.[\w-]+\.js$/,
  editor: /\/editor\.[\w-]+\.js$/,
};

/** Holds a file back until the function that it returns is called. */
async function holdBack(page: Page, file: RegExp): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(file, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("of the runs that begin while the first is loading, only the last one runs", async (context) => {
  const shown = await show(context, block);
  const { page, example, output } = shown;
  const release = await holdBack(page, files.run);
  await runText(shown, `console.log("begins"); await new Promise(() => {});`);
  await example.getByRole("button", { name: "Stop" }).click();
  await example.getByRole("button", { name: "Run" }).click();
  release();
  await output.getByText("begins").waitFor();
  expect(await page.locator("iframe").count()).toBe(1);
  await example.getByRole("button", { name: "Stop" }).click();
  expect(await page.locator("iframe").count()).toBe(0);
  await expect.poll(() => page.workers().length).toBe(0);
});

test.for(["run", "worker", "module"] as const)(
  "a run says so and ends if a file cannot be loaded: %s",
  async (file, context) => {
    const { page, example, output } = await show(context, block);
    const failures: Error[] = [];
    page.on("pageerror", (error) => void failures.push(error));
    await page.route(files[file], (route) => route.abort());
    await example.getByRole("button", { name: "Run" }).click();
    await finish(output);
    expect(await printedBy(output, "error")).toEqual([
      "The example could not be loaded: you are offline, or the site has changed. Reload the page to try again.",
    ]);
    expect(await page.locator("iframe").count()).toBe(0);
    expect(failures).toEqual([]);
  },
);

test("a file that fails to load after Stop changes nothing", async (context) => {
  const { page, example, output } = await show(context, block);
  const asked = page.waitForRequest(files.module);
  let fail = (): void => undefined;
  const failed = new Promise<void>((resolve) => {
    fail = resolve;
  });
  await page.route(files.module, async (route) => {
    await failed;
    await route.abort();
  });
  await example.getByRole("button", { name: "Run" }).click();
  const address = (await asked).url();
  await example.getByRole("button", { name: "Stop" }).click();
  fail();
  await page.evaluate(`import("${address}").catch(() => undefined)`);
  expect(await output.textContent()).toBe("Stopped.");
});

test("Edit opens one editor, however often it is clicked while that is loading", async (context) => {
  const { page, example } = await show(context, block);
  const release = await holdBack(page, files.editor);
  const edit = example.getByRole("button", { name: "Edit" });
  await edit.click();
  await edit.click();
  release();
  await example.getByRole("textbox").and(page.locator(":focus")).waitFor();
  expect(await example.getByRole("textbox").count()).toBe(1);
});

test("Edit says so if the editor cannot be loaded", async (context) => {
  const { page, example, output } = await show(context, block);
  const failures: Error[] = [];
  page.on("pageerror", (error) => void failures.push(error));
  await page.route(files.editor, (route) => route.abort());
  await example.getByRole("button", { name: "Edit" }).click();
  await output
    .getByText(
      "The editor could not be loaded: you are offline, or the site has changed. Reload the page to try again.",
    )
    .waitFor();
  expect(failures).toEqual([]);
});
