import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer, type TestServer } from "@infisical/test-server";
import type { INestApplication } from "@nestjs/common";
import { Test, type TestingModuleBuilder } from "@nestjs/testing";
import { AppModule } from "./app.module.js";

let server: TestServer;
beforeEach(async () => {
  const environments = [{ name: "Development", slug: "dev" }];
  const secrets = { dev: { "/": { PAYMENT_KEY: "a key that signs payments" } } };
  server = createTestServer({ projects: [{ name: "Shop", slug: "shop", environments, secrets }] });
  const { siteUrl } = await server.listen();
  const { clientId, clientSecret } = server.credentials();
  Object.assign(process.env, {
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_PROJECT_ID: server.projectId(),
    INFISICAL_ENVIRONMENT: "dev",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  });
});
afterEach(() => server.close());

/** Starts the application on a free port, and gives a function that asks it. */
async function start(change = (builder: TestingModuleBuilder) => builder) {
  const tested = await change(Test.createTestingModule({ imports: [AppModule] })).compile();
  const application: INestApplication = tested.createNestApplication();
  await application.listen(0, "127.0.0.1");
  const get = async (path: string) => (await fetch(new URL(path, await application.getUrl()))).json();
  return { application, get };
}

test("the application signs with the secret of the server", async () => {
  const { application, get } = await start();
  const { currency, signature } = await get("/payments/4711");
  equal(currency, "EUR");
  match(signature, /^[0-9a-f]{64}$/);
  deepEqual(await get("/payments/key"), { version: 1 });
  equal((await get("/health")).status, "ok");
  await application.close();
  equal(server.requests.filter(({ path }) => path.endsWith("/token/revoke")).length, 1);
});

test("a mock takes the place of the client", async () => {
  const mock = { secrets: () => ({ getSecret: async () => ({ version: 42 }) }) };
  const { application, get } = await start((builder) =>
    builder.overrideProvider(InfisicalSDK).useValue(mock),
  );
  deepEqual(await get("/payments/key"), { version: 42 });
  await application.close();
});

test("without the key, the application does not start", async () => {
  server.secrets.delete({ environment: "dev", key: "PAYMENT_KEY" });
  await rejects(start(), /The variables do not match the schema: PAYMENT_KEY is missing\./);
});
