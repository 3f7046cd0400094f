import { createTestServer, type TestServerOptions } from "@infisical/test-server";
import type { BrowserContextOptions } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";
import { openPage } from "../kit/chromium.ts";

const redis = {
  host: "localhost",
  port: 6379,
  username: "u",
  creationStatement: "C",
  revocationStatement: "R",
};

/** A project with a folder, a few secrets and a dynamic secret. */
export const shop: TestServerOptions = {
  projects: [
    {
      name: "Shop",
      slug: "shop",
      environments: [
        { name: "Development", slug: "dev" },
        { name: "Production", slug: "prod" },
      ],
      secrets: {
        dev: {
          "/": { DATABASE_URL: "postgres://value-of-url", API_KEY: "value-of-key\nsecond line" },
          "/db": { PASSWORD: "value-of-password" },
          "/db/replica": { HOST: "value-of-host" },
        },
        prod: { "/": { API_KEY: "value-in-production" } },
      },
      dynamicSecrets: { dev: { "/": { cache: { type: "redis", inputs: redis } } } },
    },
  ],
};

/**
 * Starts a test server and opens its page in Chromium. Both close with the test.
 *
 * @param context of the test
 * @param options of the server, and of the browser
 */
export async function servePage(
  context: TestContext,
  {
    server: serverOptions = shop,
    ...browserOptions
  }: BrowserContextOptions & { server?: TestServerOptions } = {},
) {
  const page = await openPage(context, browserOptions);
  const server = createTestServer(serverOptions);
  onTestFinished(() => server.close());
  const { siteUrl } = await server.listen({ ui: true });
  /** What the browser complains about: errors, and what the page's policy forbids. */
  const problems: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      throw new Error(`violation of ${violatedDirective}: ${blockedURI}`);
    });
  });
  await page.goto(siteUrl);
  await page.getByText("newest first").or(page.getByText("None yet").first()).first().waitFor();
  return { page, server, siteUrl, problems };
}
