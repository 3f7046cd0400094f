import { createTestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import { cache, InfisicalSDK } from "../src/index.ts";

test("the umbrella reads through a cache among its middleware", async () => {
  const server = createTestServer();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const reads = cache({ ttl: "5m", clock: server.clock });
  const client = new InfisicalSDK({ transport: server.transport, clock: server.clock, middleware: [reads] });
  await client.auth().universalAuth.login({ clientId, clientSecret });
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
  const list = () => client.secrets().listSecrets(place);
  await list();
  await list();
  await client.secrets().createSecret("A", { ...place, secretValue: "a" });
  expect((await list()).secrets.map(({ secretValue }) => secretValue)).toEqual(["a"]);
  expect(reads.stats()).toMatchObject({ hits: 1, requests: 2 });
});
