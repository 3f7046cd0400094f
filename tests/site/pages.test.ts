import type { Page } from "playwright-core";
import { describe, expect, type TestContext, test } from "vitest";
import { openPage } from "../kit/chromium.ts";
import { faintTexts } from "./contrast.ts";
import { serveSite } from "./site.ts";

/** One page of each kind: prose, tables, many code blocks, options and the API reference. */
const samples = [
  "",
  "docs/errors.html",
  "docs/recipes/service.html",
  "options/core.html",
  "api/@infisical/core.html",
];
/** The longest guides, and the first page. */
const guides = [
  "",
  "docs/errors.html",
  "docs/migrating.html",
  "docs/authoring-auth.html",
  "docs/recipes/ci.html",
];

describe("a page is readable, asks no other host for anything and reports no error:", () => {
  const looks = (["light", "dark"] as const).flatMap((scheme) => [
    [scheme, 360] as const,
    [scheme, 1280] as const,
  ]);
  test.for(looks)("%s, %i px wide", async ([colorScheme, width], context) => {
    const { page, site, problems } = await open(context, { colorScheme, viewport: { width, height: 900 } });
    for (const sample of samples) {
      await page.goto(`${site}${sample}`, { waitUntil: "networkidle" });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect({ sample, overflow, faint: await page.evaluate(faintTexts) }).toEqual({
        ...{ sample, overflow: 0, faint: [] },
      });
    }
    expect(problems).toEqual([]);
  });
});

test("the search finds a page by a word of its text", async (context) => {
  const { page, site, problems } = await open(context);
  await page.goto(site);
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.getByRole("searchbox").fill("SIGTERM");
  const found = page.locator(".VPLocalSearchBox .result[href*='graceful-shutdown']");
  await found.first().click();
  await page.waitForURL(/graceful-shutdown/);
  // The address changes before the page does.
  await page.getByRole("heading", { level: 1, name: "shutdown" }).waitFor();
  expect(problems).toEqual([]);
});

test("the keyboard alone reaches the content, the search and the navigation", async (context) => {
  const { page, site } = await open(context);
  await page.goto(`${site}docs/errors.html`, { waitUntil: "networkidle" });
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.id")).toBe("VPContent");

  await page.keyboard.press("Control+k");
  // Its code is loaded when it is first used.
  await page.locator(".VPLocalSearchBox input:focus").waitFor();
  await page.keyboard.type("leases");
  await page.locator(".VPLocalSearchBox .result").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("errors.html"));

  await page.goto(site, { waitUntil: "networkidle" });
  await tabTo(page, "Options");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/options\//);
});

test("a guide with all that it loads at first is under 250 kB, compressed as a static host does", async (context) => {
  const { page, site } = await open(context);
  const network = await page.context().newCDPSession(page);
  let transferred = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => {
    transferred += encodedDataLength;
  });
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  const sizes = new Map<string, number>();
  for (const guide of guides) {
    transferred = 0;
    await page.goto(`${site}${guide}`, { waitUntil: "networkidle" });
    sizes.set(guide, Math.round(transferred / 1000));
  }
  expect([...sizes].filter(([, size]) => size >= 250)).toEqual([]);
  // A page that loaded nothing would be small too.
  expect(Math.min(...sizes.values())).toBeGreaterThan(20);
});

/** Opens a page on the site. What it asks other hosts for, and what it reports as an error, are its problems. */
async function open(
  context: TestContext,
  options?: Parameters<typeof openPage>[1],
): Promise<{ page: Page; site: string; problems: string[] }> {
  const page = await openPage(context, options);
  const site = await serveSite();
  const problems: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && `${origin}/` !== site) problems.push(`request to ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  return { page, site, problems };
}

function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.textContent.trim()");
}

/** Presses Tab until what has the text is focused. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 50; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === text) return;
  }
  throw new Error(`50 presses of Tab do not reach "${text}".`);
}
