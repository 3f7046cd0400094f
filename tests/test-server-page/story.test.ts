import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { dynamicSecrets } from "@infisical/dynamic-secrets";
import { secrets } from "@infisical/secrets";
import { expect, test } from "vitest";
import { servePage } from "./serve-page.ts";

test("a client is watched, made to fail and made to log in again by clicks alone", async (context) => {
  const { page, server, siteUrl, problems } = await servePage(context);
  const client = createClient({
    siteUrl,
    auth: universalAuth(server.credentials()),
    plugins: [secrets(), dynamicSecrets()],
    retry: { baseDelay: 1 },
  });
  const location = { projectId: server.projectId(), environment: "dev" };
  const secret = { ...location, secretName: "DATABASE_URL" };
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const requests = () => page.locator("#requests tr").allInnerTexts();
  const seen = (...lines: RegExp[]) =>
    expect.poll(requests).toEqual(lines.map((line) => expect.stringMatching(line)));
  const login = /POST \/api\/v1\/auth\/universal-auth\/login\s+200/;
  const read = /GET \/api\/v3\/secrets\/raw\/DATABASE_URL\s+200/;
  const failed = /GET \/api\/v3\/secrets\/raw\/DATABASE_URL\s+Ordered: status 503\s+503/;
  const refused = /GET \/api\/v3\/secrets\/raw\/DATABASE_URL\s+403/;

  const { secretValue } = await client.secrets().getSecret(secret);
  await seen(read, login);

  await press("Show DATABASE_URL");
  await page.getByText(secretValue, { exact: true }).waitFor();

  await page.getByLabel("How many requests").fill("1");
  await press("Order the failure");
  await page.getByText("status 503: next 1, any method, any path").waitFor();
  expect((await client.secrets().getSecret(secret)).secretValue).toBe(secretValue);
  await seen(read, failed, read, login);
  await page.getByText("None: every request is answered normally.").waitFor();

  await press("Expire token 1 of admin");
  await expect
    .poll(() => page.locator("#tokens tr").allInnerTexts())
    .toEqual([expect.stringContaining("expired")]);
  expect((await client.secrets().getSecret(secret)).secretValue).toBe(secretValue);
  await seen(read, login, refused, read, failed, read, login);
  await page.getByRole("button", { name: "Expire token 2 of admin" }).waitFor();

  const cache = { projectSlug: "shop", environmentSlug: "dev", dynamicSecretName: "cache" };
  await client.dynamicSecrets().leases.create({ ...cache, ttl: "3h" });
  const remaining = () => page.locator("#tokens td.short, #leases td.short:nth-child(2)").allInnerTexts();
  await expect
    .poll(remaining)
    .toEqual([
      expect.stringMatching(/^29 d 23 h$|^30 d$/),
      "expired",
      expect.stringMatching(/^2 h 59 min$|^3 h$/),
    ]);
  await press("+1 hour");
  await expect
    .poll(remaining)
    .toEqual([
      expect.stringMatching(/^29 d 2[23] h$/),
      "expired",
      expect.stringMatching(/^1 h 59 min$|^2 h$/),
    ]);
  await page.getByLabel("Move by").fill("30m");
  await press("Move");
  await expect.poll(remaining).toContainEqual(expect.stringMatching(/^1 h 29 min$|^1 h 30 min$/));

  await page.getByRole("button", { name: /^Revoke lease/ }).click();
  await page.getByText("Revoked the lease of cache.").waitFor();
  await expect.poll(() => page.locator("#leases tr").count()).toBe(0);
  expect(server.leases.list()).toEqual([]);
  expect(problems).toEqual([]);
});
