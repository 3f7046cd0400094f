import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { servePage } from "./serve-page.ts";

/** Moves on with the Tab key to what has this name, and tells whether each stop on the way can be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const { activeElement: focused } = document;
      if (!focused) return undefined;
      const label = focused instanceof HTMLElement && "labels" in focused ? focused.labels : undefined;
      const texts = [...((label as NodeListOf<HTMLLabelElement> | null | undefined) ?? [])].map(
        ({ firstChild }) => firstChild?.textContent ?? "",
      );
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      return {
        name: (focused.getAttribute("aria-label") ?? (texts.join() || focused.textContent) ?? "").trim(),
        isSeen: focused === document.body || (outlineStyle === "solid" && outlineWidth === "3px"),
      };
    });
    expect(stop?.isSeen).toBe(true);
    if (stop?.name === name) return;
  }
  throw new Error(`The Tab key does not reach "${name}"`);
}

test("everything works by the keyboard alone, and what is done is read out", async (context) => {
  const { page, server, siteUrl } = await servePage(context);
  const news = () => page.locator("[role=status]").textContent();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const before = server.clock.now();
  server.tokens.issue("admin");
  await page.getByRole("button", { name: "Revoke token 1 of admin" }).waitFor();

  await tabTo(page, "+1 hour");
  await page.keyboard.press("Enter");
  await expect.poll(news).toBe("Moved the clock by 1h.");
  await tabTo(page, "Move by");
  await page.keyboard.type("2h");
  await page.keyboard.press("Enter");
  await expect.poll(news).toBe("Moved the clock by 2h.");
  expect(server.clock.now() - before).toBeGreaterThanOrEqual(3 * 3_600_000);

  await tabTo(page, "Open the folder /db");
  await page.keyboard.press("Space");
  await expect.poll(focused).toBe("Secrets");
  await tabTo(page, "Show PASSWORD");
  await page.keyboard.press("Enter");
  await expect.poll(news).toBe("PASSWORD is shown.");
  expect(await focused()).toBe("Hide");

  await tabTo(page, "Revoke token 1 of admin");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Access tokens");

  await tabTo(page, "Failure");
  await page.keyboard.type("A delay");
  await tabTo(page, "Delay");
  await page.keyboard.type("1ms");
  await tabTo(page, "How many requests");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect.poll(news).toBe("Ordered the failure.");
  const order = "delay of 1 ms: next 3, any method, any path";
  await tabTo(page, `Remove: ${order}`);
  await fetch(`${siteUrl}/api/status`);
  await page.getByText("next 2, any method").waitFor();
  expect(await focused()).toBe("Remove");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Failures");
});

test("every field and button has a name, and tables have headings", async (context) => {
  const { page, server } = await servePage(context);
  server.tokens.issue("admin");
  server.fail({}, { status: 503 });
  await page.getByRole("button", { name: "Remove: status 503" }).waitFor();
  const snapshot = await page.locator("body").ariaSnapshot();
  const roles = /- (?:button|textbox|combobox|spinbutton|table|region|form|navigation)\b.*/g;
  const elements = snapshot.match(roles) ?? [];
  expect(elements.length).toBeGreaterThan(20);
  const nameless = elements.filter((one) => !one.includes('"') && !one.startsWith("- table"));
  expect(nameless).toEqual([]);
  for (const table of await page.locator("table").all()) {
    expect(await table.locator("thead th[scope=col]").count()).toBeGreaterThan(0);
  }
});

test.for([
  ["light", 360],
  ["light", 1280],
  ["dark", 360],
  ["dark", 1280],
] as const)(
  "in %s colors and %i pixels wide, all fits and can be read",
  async ([colorScheme, width], context) => {
    const viewport = { width, height: 800 };
    const { page, server, siteUrl } = await servePage(context, { colorScheme, viewport });
    server.tokens.issue("admin");
    server.secrets.set({ environment: "dev", key: "A_LONG_NAME_".repeat(9), value: "v".repeat(400) });
    server.fail({}, { status: 503 });
    await fetch(`${siteUrl}/api/v1/${"a-long-path/".repeat(20)}`);
    server.fail({ path: "/api/v1/another/long/path/that/has/no/end", times: 5 }, { drop: "after" });
    await page.getByRole("button", { name: /^Show A_LONG/ }).click();
    await page.getByText("Ordered: status 503").waitFor();
    await page.getByRole("button", { name: "Revoke token 1 of admin" }).waitFor();
    await page.getByRole("button", { name: /^Remove: connection dropped/ }).waitFor();
    const { overflow, texts } = await page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const luminance = (color: string): number => {
        if (!canvas) throw new Error("no canvas");
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
          const part = byte / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const backgroundOf = (element: Element | null): string => {
        if (!element) return "white";
        const { backgroundColor } = getComputedStyle(element);
        return backgroundColor === "rgba(0, 0, 0, 0)" ? backgroundOf(element.parentElement) : backgroundColor;
      };
      const shown = [...document.querySelectorAll("body *")].filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
      );
      return {
        overflow: document.documentElement.scrollWidth - innerWidth,
        texts: shown.map((element) => {
          const [one, other] = [getComputedStyle(element).color, backgroundOf(element)].map(luminance);
          const [light, dark] = [one ?? 0, other ?? 0].sort((a, b) => b - a);
          return { text: element.textContent, contrast: ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05) };
        }),
      };
    });
    expect(overflow).toBeLessThanOrEqual(0);
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
  },
);
