import type { TestServerOptions } from "@infisical/test-server";
import { expect, test } from "vitest";
import { servePage, shop } from "./serve-page.ts";

test("a value is in the page only after a click, and gone after the next", async (context) => {
  const { page, problems } = await servePage(context);
  const received: string[] = [];
  page.on("response", async (response) => received.push(await response.text().catch(() => "")));
  /** Everything that the page holds: elements, attributes, and what is written into fields. */
  const held = () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll("input, select")] as HTMLInputElement[];
      return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join();
    });
  await page.reload();
  const show = page.getByRole("button", { name: "Show API_KEY" });
  await show.waitFor();
  expect([await held(), ...received].join()).not.toContain("value-");
  expect(received.join()).toContain("API_KEY");

  await show.click();
  await page.getByText("value-of-key\nsecond line").waitFor();
  expect(await held()).not.toContain("value-of-url");
  expect(received.join()).not.toContain("value-of-url");
  await page.getByRole("button", { name: "Hide API_KEY" }).click();
  expect(await held()).not.toContain("value-");
  expect(problems).toEqual([]);
});

test("a value is hidden when it changes, and when another folder or environment is shown", async (context) => {
  const { page, server } = await servePage(context);
  const shown = () => page.locator("#secrets").textContent();
  const showKey = async () => {
    await page.getByRole("button", { name: "Show API_KEY" }).click();
    await expect.poll(shown).toContain("value-");
  };
  await showKey();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "value-of-next" });
  await expect.poll(shown).not.toContain("value-");
  await showKey();
  expect(await shown()).toContain("value-of-next");
  await page.getByLabel("Environment").selectOption({ label: "Production" });
  await expect.poll(shown).not.toContain("DATABASE_URL");
  expect(await shown()).toContain("API_KEY");
  expect(await shown()).not.toContain("value-");
  await showKey();
  expect(await shown()).toContain("value-in-production");
  await page.getByLabel("Environment").selectOption({ label: "Development" });
  await page.getByRole("button", { name: "Open the folder /db" }).click();
  await expect.poll(shown).toContain("PASSWORD");
  expect(await shown()).not.toContain("value-");
  await page.getByRole("button", { name: "Open the folder /db/replica" }).click();
  await expect.poll(shown).toContain("HOST");
  await page.getByText("↑ Up").click();
  await expect.poll(shown).toContain("PASSWORD");
});

test("a value is hidden when the server is reset, and when its secret is created again", async (context) => {
  const { page, server } = await servePage(context);
  const key = { environment: "dev", key: "KEY" };
  const row = page.locator("#secrets tr").filter({ hasText: "KEY" }).filter({ hasNotText: "API_KEY" });
  const button = row.getByRole("button");
  const shownAfter = async (change: () => void) => {
    await button.click();
    await expect.poll(() => button.textContent()).toBe("Hide");
    change();
    await expect.poll(() => button.textContent()).toBe("Show");
    expect(await row.textContent()).not.toContain("value-");
    await button.click();
    await expect.poll(() => button.textContent()).toBe("Hide");
    const text = await row.textContent();
    await button.click();
    return text;
  };
  server.secrets.set({ ...key, value: "value-one" });
  expect(
    await shownAfter(() => {
      server.reset();
      server.secrets.set({ ...key, value: "value-two" });
    }),
  ).toContain("value-two");
  expect(
    await shownAfter(() => {
      server.secrets.delete(key);
      server.secrets.set({ ...key, value: "value-three" });
    }),
  ).toContain("value-three");
});

test("tokens and leases of before a reset have other buttons than those of after it", async (context) => {
  const { page, server, siteUrl } = await servePage(context);
  const login = async () => {
    const authorization = `Bearer ${server.tokens.issue("admin")}`;
    await fetch(`${siteUrl}/api/v1/dynamic-secrets/leases`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        dynamicSecretName: "cache",
        projectSlug: "shop",
        environmentSlug: "dev",
        path: "/",
      }),
    });
    return server.leases.list()[0]?.id;
  };
  const id = await login();
  const buttons = ["Revoke token 1 of admin", `Revoke lease ${id} of cache`].map((name) =>
    page.getByRole("button", { name }),
  );
  const old = await Promise.all(buttons.map((button) => button.elementHandle()));
  server.reset();
  expect(await login()).toBe(id);
  for (const button of old) {
    await expect.poll(() => button?.evaluate(({ isConnected }) => isConnected)).toBe(false);
  }
  for (const button of buttons) await button.click();
  await expect.poll(() => page.locator("#tokens tr").textContent()).toContain("revoked");
  await expect.poll(() => page.locator("#leases tr").count()).toBe(0);
});

const image = `<img src="/_ui/icon.svg" onload="attacked = 1" onerror="attacked = 1">`;
const hostile = [
  image,
  "<script>attacked = 1</script>",
  `"><svg onload=attacked=1>`,
  "__proto__",
  "{{7*7}}",
  "\u202Egnp",
];

test("names, paths and values are texts, whatever is in them", async (context) => {
  const [project] = shop.projects ?? [];
  const options: TestServerOptions = {
    projects: [
      {
        ...project,
        name: `${image} project`,
        slug: "shop",
        environments: [{ name: `${image} environment`, slug: "dev" }],
        secrets: {},
      },
    ],
    identities: [{ name: `${image} identity`, organizationRole: "admin", tokenAuth: {} }],
  };
  const { page, server, siteUrl, problems } = await servePage(context, { server: options });
  const folder = image.replaceAll("/", "|");
  for (const key of hostile) {
    server.secrets.set({ environment: "dev", path: `/${folder}`, key, value: `value of ${key}` });
  }
  server.tokens.issue(`${image} identity`);
  server.fail({ path: image, times: 5 }, { status: 503 });
  await fetch(`${siteUrl}/api/${encodeURIComponent(image)}`);
  server.fail({}, { status: 503, body: image });
  await fetch(`${siteUrl}/api/<img/src=x/onerror=attacked=1>`);

  await page.getByRole("button", { name: `Open the folder /${folder}` }).click();
  await expect.poll(() => page.locator("#secrets tr").count()).toBe(hostile.length);
  for (const row of await page.locator("#secrets tr").all()) await row.getByRole("button").click();
  const cells = (column: number) => page.locator(`#secrets tr > td:nth-child(${column})`).allTextContents();
  expect((await cells(1)).sort()).toEqual([...hostile].sort());
  await expect
    .poll(async () => (await cells(2)).sort())
    .toEqual(hostile.map((key) => `value of ${key}`).sort());
  await page.getByLabel("Path").fill(`/${image}`);
  await page.getByRole("button", { name: "Order the failure" }).click();
  const news = () => page.locator("#news").textContent();
  await expect.poll(news).toContain(`got ${JSON.stringify(`/${image}`)}`);
  await page.getByLabel("Move by").fill(image);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect.poll(news).toContain("must be a duration");

  const text = await page.locator("main").textContent();
  for (const name of ["identity", "5, any method"]) expect(text).toContain(name);
  expect(await page.locator("#project, #environment").allInnerTexts()).toEqual([
    `${image} project`,
    `${image} environment`,
  ]);
  expect(await page.locator("body :is(img, svg, script, iframe, style, a)").count()).toBe(0);
  expect(await page.evaluate(() => "attacked" in globalThis)).toBe(false);
  expect(problems.filter((problem) => !problem.includes("400 (Bad Request)"))).toEqual([]);
});

test("another page can neither read the page nor make it do anything", async (context) => {
  const { page, server, siteUrl } = await servePage(context);
  const before = server.clock.now();
  const other = await page.context().newPage();
  // A page of another origin: the same machine, another port.
  const elsewhere = "http://localhost:9/";
  await other.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<body>" }));
  await other.goto(elsewhere);
  const results = await other.evaluate(async (address) => {
    const outcome = (answer: Promise<unknown>) => answer.then(String, () => "refused");
    const post = (headers: Record<string, string>, mode: RequestMode) =>
      fetch(`${address}/_ui/advance-clock`, { method: "POST", headers, mode, body: '{"by":"1d"}' });
    const loaded = (element: HTMLElement & { src: string }, src: string) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve("loaded");
        element.onerror = () => resolve("refused");
        element.src = `${address}${src}`;
        document.body.append(element);
      });
    const frame = document.createElement("iframe");
    await loaded(frame, "/");
    const form = document.body.appendChild(document.createElement("form"));
    Object.assign(form, {
      method: "post",
      action: `${address}/_ui/advance-clock`,
      enctype: "text/plain",
      target: "_blank",
    });
    form.append(Object.assign(document.createElement("input"), { name: '{"by":"1d","x":"', value: '"}' }));
    form.submit();
    return {
      read: await outcome(fetch(`${address}/_ui/state`).then((response) => response.text())),
      json: await outcome(post({ "content-type": "application/json" }, "cors")),
      text: await outcome(post({ "content-type": "text/plain" }, "no-cors").then(({ type }) => type)),
      script: await loaded(document.createElement("script"), "/_ui/page.js"),
      image: await loaded(document.createElement("img"), "/_ui/icon.svg"),
    };
  }, siteUrl);
  expect(results).toEqual({
    read: "refused",
    json: "refused",
    text: expect.stringMatching("refused|opaque"),
    script: "refused",
    image: "refused",
  });
  expect(other.frames().map((frame) => frame.url())).toEqual([elsewhere, "chrome-error://chromewebdata/"]);
  expect(server.clock.now() - before).toBeLessThan(86_400_000);
});
