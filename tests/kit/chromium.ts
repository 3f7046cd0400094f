import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The Chromium of this machine: `CHROMIUM` names its program, else it is found in `PATH`. */
function findChromium(): string | undefined {
  const { CHROMIUM: named = "", PATH = "" } = process.env;
  const paths = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [named, ...paths].find((path) => path !== "" && existsSync(path));
}

let running: Promise<Browser> | undefined;

/** One browser for all tests of a file; it ends with their process. */
function launch(executablePath: string): Promise<Browser> {
  running ??= chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 0 });
  return running;
}

/**
 * Opens an empty page in a real Chromium, and closes it with the test.
 *
 * A test that needs one is skipped, with the reason printed, where the machine has none.
 *
 * @param context of the test
 * @param options of the page: its size, its color scheme, and the like
 */
export async function openPage({ skip }: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  const program = findChromium();
  if (program === undefined) {
    process.stdout.write("skipped: this machine has no Chromium\n");
    return skip("this machine has no Chromium");
  }
  const browser = await launch(program);
  const session = await browser.newContext(options);
  // What never comes ends with its test.
  session.setDefaultTimeout(0);
  onTestFinished(() => session.close());
  return session.newPage();
}
