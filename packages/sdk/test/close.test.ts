import { createTestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import { InfisicalSDK } from "../src/index.ts";

test("the umbrella closes like any client, by a call and by `await using`", async () => {
  const { transport } = createTestServer();
  const closed = { code: "CLIENT_CLOSED" };
  const first = new InfisicalSDK({ transport });
  await first.close();
  await expect(first.request({ method: "GET", path: "/api/status" })).rejects.toMatchObject(closed);
  let second: InfisicalSDK;
  {
    await using client = new InfisicalSDK({ transport });
    second = client;
  }
  await expect(second.request({ method: "GET", path: "/api/status" })).rejects.toMatchObject(closed);
});

test("fetch and transport are mutually exclusive, and fetch must be a function", () => {
  const { transport, fetch } = createTestServer();
  expect(() => new InfisicalSDK({ transport, fetch })).toThrow(
    "fetch must be omitted if transport is set, which would be used instead.",
  );
  expect(() => new InfisicalSDK({ fetch: 7 as never })).toThrow("fetch must be a function, got 7.");
});

test("a user's own fetch sends the requests", async () => {
  const server = createTestServer();
  const client = new InfisicalSDK({ fetch: server.fetch });
  await client.auth().universalAuth.login(server.credentials());
  expect(server.requests.map(({ path, status }) => [path, status])).toEqual([
    ["/api/v1/auth/universal-auth/login", 200],
  ]);
});
