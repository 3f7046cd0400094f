import { expect, test } from "vitest";
import { failureOf, start } from "#test-kit";
import { count, list, loginPath, tokensLasting } from "./calls.ts";

const revokePath = "/api/v1/auth/token/revoke";
const refused = { status: 401, body: { error: "UnauthorizedError", message: "no" } };

test("without a token nothing is sent", async () => {
  const { server, client } = await start({ server: tokensLasting(100, 100) });
  await client.auth().revoke();
  expect(server.requests).toEqual([]);
});

test("a token that the server no longer accepts is as good as revoked", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 100) });
  await list(client, location);
  server.fail({ path: revokePath }, refused);
  await client.auth().revoke();
  expect(client.auth().getAccessToken()).toBeNull();
  await list(client, location);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test.each([
  [{ status: 503 }, { code: "SERVER_ERROR", statusCode: 503 }],
  [{ status: 200, body: {} }, { code: "INVALID_RESPONSE" }],
])(
  "an answer that is not one of a revocation is an error, and the token stays: %o",
  async (failure, error) => {
    const { server, client, location } = await start({
      server: tokensLasting(100, 100),
      retry: { limit: 0 },
    });
    await list(client, location);
    const token = client.auth().getAccessToken();
    server.fail({ path: revokePath }, failure);
    expect(await failureOf(client.auth().revoke())).toMatchObject(error);
    expect(client.auth().getAccessToken()).toBe(token);
  },
);
