import { expect, test } from "vitest";
import { call, startTest } from "./support/api.ts";

test("ten thousand secrets with references are listed", async () => {
  const { server, api, projectId: workspaceId } = await startTest();
  server.secrets.set({ environment: "dev", key: "BASE", value: "base" });
  for (let count = 0; count < 10_000; count += 1) {
    server.secrets.set({ environment: "dev", key: `KEY_${count}`, value: `\${BASE}-${count}` });
  }
  const query = { workspaceId, environment: "dev", expandSecretReferences: "true" };
  const { body } = await api("GET", "/api/v3/secrets/raw", { query });
  expect(body.secrets).toHaveLength(10_001);
  expect(body.secrets.at(-1).secretValue).toMatch(/^base-\d+$/);
});

test("ten thousand requests are answered and only the latest are logged", async () => {
  const { server, token, projectId: workspaceId } = await startTest({ log: { limit: 1000 } });
  server.secrets.set({ environment: "dev", key: "KEY", value: "v" });
  const query = { workspaceId, environment: "dev" };
  for (let count = 0; count < 10_000; count += 1) {
    const { status } = await call(server, "GET", "/api/v3/secrets/raw/KEY", { token, query });
    if (status !== 200) throw new Error(`request ${count} was answered with ${status}`);
  }
  expect(server.requests.length).toBeLessThanOrEqual(1000);
});
