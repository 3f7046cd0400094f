import { expect, test } from "vitest";
import { createClient, tokenAuth } from "../src/index.ts";
import { clientOf, count, failureOf, inProject, list, listPath, printed, startServer } from "./support.ts";

/** A token that the server accepts. */
async function startWithToken() {
  const { server, siteUrl } = await startServer();
  const first = clientOf(server, siteUrl);
  await first.auth().login();
  const token = first.auth().getAccessToken() ?? "";
  return { server, siteUrl, token };
}

test("a token of one's own is used without a login", async () => {
  const { server, siteUrl, token } = await startWithToken();
  const client = inProject(clientOf(server, siteUrl, { auth: tokenAuth({ token }) }), server);
  await list(client);
  expect(server.requests.at(-1)?.headers["authorization"]).toBe(`Bearer ${token}`);
  expect(server.requests).toHaveLength(2);
});

test("a token that the server refuses is sent once, since there is no other", async () => {
  const { server, siteUrl, token } = await startWithToken();
  const client = inProject(clientOf(server, siteUrl, { auth: tokenAuth({ token }) }), server);
  server.tokens.revoke();
  expect(await failureOf(list(client))).toMatchObject({ code: "UNAUTHORIZED" });
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
