import { expect, test } from "vitest";
import { failureOf, start } from "#test-kit";
import { createClient } from "../src/index.ts";
import { count, list, listPath, loginPath, renewPath, tokensLasting } from "./calls.ts";

test("an expired token is replaced before the next call is sent", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 100) });
  await list(client, location);
  server.clock.advance(100_000);
  await Promise.all(Array.from({ length: 50 }, () => list(client, location)));
  expect(count(server, "POST", loginPath)).toBe(2);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
});

test("in the refresh window, one refresh runs during the calls, which continue with their token", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 100) });
  await list(client, location);
  const before = client.auth().getAccessToken();
  server.clock.advance(96_000);
  server.fail({ path: loginPath }, { delay: 50 });
  await Promise.all(Array.from({ length: 20 }, () => list(client, location)));
  expect(client.auth().getAccessToken()).toBe(before);
  await expect.poll(() => count(server, "POST", loginPath)).toBe(2);
  server.clock.advance(50);
  await expect.poll(() => client.auth().getAccessToken()).not.toBe(before);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("before the refresh window nothing is refreshed", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 100) });
  await list(client, location);
  server.clock.advance(89_000);
  await list(client, location);
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("a token is renewed only where its budget leaves a full lifetime more", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 250) });
  await list(client, location);
  for (const step of [96_000, 96_000]) {
    const before = client.auth().getAccessToken();
    server.clock.advance(step);
    await list(client, location);
    await expect.poll(() => client.auth().getAccessToken()).not.toBe(before);
  }
  expect(count(server, "POST", renewPath)).toBe(1);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("past its end a token is never renewed, whatever its budget", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 1000) });
  await list(client, location);
  server.clock.advance(100_000);
  await list(client, location);
  expect(count(server, "POST", renewPath)).toBe(0);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a failed renewal falls back to a login", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 1000) });
  await list(client, location);
  server.fail({ path: renewPath }, { status: 401, body: { error: "UnauthorizedError", message: "no" } });
  await client.auth().renew();
  expect(count(server, "POST", renewPath)).toBe(1);
  expect(count(server, "POST", loginPath)).toBe(2);
  await list(client, location);
});

test("a token refused under 200 concurrent calls causes exactly one more login, and all succeed", async () => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  await list(client, location);
  server.tokens.revoke();
  await Promise.all(Array.from({ length: 200 }, () => list(client, location)));
  expect(count(server, "POST", loginPath)).toBe(2);
});

test.each([
  [401, { error: "UnauthorizedError", message: "Failed to renew MI access token due to TTL expiration" }],
  [403, { error: "TokenError", message: "Your token has expired. Please re-authenticate." }],
])("a token refused with %i is replaced and the call replayed once", async (status, body) => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  server.fail({ path: listPath }, { status, body });
  await list(client, location);
  expect(count(server, "POST", loginPath)).toBe(2);

  server.fail({ path: listPath, times: 2 }, { status, body });
  expect(await failureOf(list(client, location))).toMatchObject({ code: "UNAUTHORIZED", statusCode: status });
  expect(count(server, "GET", listPath)).toBe(4);
});

test.each([
  [403, "PermissionDenied", "FORBIDDEN"],
  [401, "ValidationFailure", "VALIDATION_FAILED"],
])("a %i %s is the caller's, and no reason to log in again", async (status, error, code) => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  server.fail({ path: listPath }, { status, body: { error, message: "no" } });
  expect(await failureOf(list(client, location))).toMatchObject({ code, statusCode: status });
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("a refused token from elsewhere is an error, since there is no way to get another", async () => {
  const { server, siteUrl, location } = await start({ server: tokensLasting(1000, 1000) });
  const client = createClient({ siteUrl });
  client.auth().accessToken("not-a-token-of-this-server");
  expect(await failureOf(list(client, location))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(server.requests).toHaveLength(1);
});
