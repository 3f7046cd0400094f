import { expect, test } from "vitest";
import { recordedError } from "#test-kit";
import { connect, location } from "./connect.ts";

const tooMany = {
  status: 429,
  headers: { "retry-after": "60" },
  body: {
    reqId: "req-1",
    statusCode: 429,
    message: "Rate limit exceeded. Please try again in 60 seconds",
    error: "RateLimitExceeded",
  },
};
const create = { ...location, secretValue: "v" };

test("a read waits as long as an older server's rate limit asks", async () => {
  const { server, sdk, clock } = await connect("october-2024");
  server.next("544-stock-list-rate-limited", "224-oddname-list");
  const { body } = server.recording("224-oddname-list").response;
  expect(await sdk.secrets().listSecrets(location)).toEqual(body);
  expect(clock.waits).toEqual([59_000]);
});

test("a read waits as long as a current server's rate limit asks", async () => {
  const { server, sdk, clock } = await connect("july-2026");
  server.nextResponse(tooMany);
  server.next("224-oddname-list");
  const { body } = server.recording("224-oddname-list").response;
  expect(await sdk.secrets().listSecrets(location)).toEqual(body);
  expect(clock.waits).toEqual([60_000]);
});

test("a write waits for a current server's rate limit, which does nothing", async () => {
  const { server, sdk, clock } = await connect("july-2026");
  server.nextResponse(tooMany);
  server.next("123-create-minimal");
  const { body } = server.recording("123-create-minimal").response;
  expect(await sdk.secrets().createSecret("PLAIN", create)).toEqual(body);
  expect(clock.waits).toEqual([60_000]);
});

test("a write is not repeated after a 500, which may be an older server's rate limit; the error has the wait", async () => {
  const { server, sdk, clock } = await connect("october-2024");
  const limited = server.recording("544-stock-list-rate-limited");
  server.nextResponse(limited.response);
  await expect(sdk.secrets().createSecret("PLAIN", create)).rejects.toMatchObject({
    ...recordedError(limited),
    code: "SERVER_ERROR",
    retryAfter: 59,
  });
  expect(server.requests).toHaveLength(1);
  expect(clock.waits).toEqual([]);
});

test("an older server's rate limit is RATE_LIMITED if its headers say so; a write is still not repeated", async () => {
  const { server, sdk, clock } = await connect("october-2024");
  const { response } = server.recording("544-stock-list-rate-limited");
  const headers = { ...response.headers, "x-ratelimit-remaining": "0" };
  server.nextResponse({ ...response, headers });
  const limited = { code: "RATE_LIMITED", statusCode: 500, retryAfter: 59 };
  await expect(sdk.secrets().createSecret("PLAIN", create)).rejects.toMatchObject(limited);
  expect(server.requests).toHaveLength(1);
  server.next("224-oddname-list");
  await sdk.secrets().listSecrets(location);
  expect(clock.waits).toEqual([59_000]);
});

test("a login waits for an older server's rate limit, within the time of a login", async () => {
  const { server, sdk, clock } = await connect("october-2024");
  server.next("547-stock-login-rate-limited", "002-ua-login-ok");
  await sdk.auth().universalAuth.login({ clientId: "id", clientSecret: "a-client-secret" });
  expect(server.requests).toHaveLength(2);
  expect(clock.waits).toHaveLength(1);
});
