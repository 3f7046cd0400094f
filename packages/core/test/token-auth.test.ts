import { expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { createClient, tokenAuth } from "../src/index.ts";
import { count, list, listPath } from "./calls.ts";

/** A token that the server accepts. */
async function startWithToken() {
  const started = await start();
  const { client } = started;
  await client.auth().login();
  return { ...started, token: client.auth().getAccessToken() ?? "" };
}

test("a token of one's own is used without a login", async () => {
  const { server, connect, location, token } = await startWithToken();
  const client = connect({ auth: tokenAuth({ token }) });
  await list(client, location);
  expect(server.requests.at(-1)?.headers["authorization"]).toBe(`Bearer ${token}`);
  expect(server.requests).toHaveLength(2);
});

test("a token that the server refuses is sent once, since there is no other", async () => {
  const { server, connect, location, token } = await startWithToken();
  const client = connect({ auth: tokenAuth({ token }) });
  server.tokens.revoke();
  expect(await failureOf(list(client, location))).toMatchObject({ code: "UNAUTHORIZED" });
  expect(count(server, "GET", listPath)).toBe(1);
});

test.each([undefined, "", "Bearer abc", "hunter2\n", 7])("the token %j is refused by name", (token) => {
  const refuse = (): unknown => tokenAuth({ token: token as string });
  expect(refuse).toThrow('token must be a token as the server issued it, without "Bearer ".');
});

test("neither the strategy nor its client shows the token", () => {
  const auth = tokenAuth({ token: "hunter2-hunter2" });
  expect(printed(auth)).not.toContain("hunter2");
  expect(printed(createClient({ auth }))).not.toContain("hunter2");
});
