import { expect, test } from "vitest";
import { type AuthStrategy, createClient, type InfisicalSDKRequestError } from "../src/index.ts";
import { systemClock } from "../src/support/clock.ts";
import {
  clientOf,
  count,
  create,
  failureOf,
  inProject,
  list,
  loginPath,
  startServer,
  strategyFor,
} from "./support.ts";

test("200 concurrent first calls cause one login", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(clientOf(server, siteUrl), server);
  await Promise.all(Array.from({ length: 200 }, () => list(client)));
  expect(count(server, "POST", loginPath)).toBe(1);
  expect(server.requests).toHaveLength(201);
});

test("nothing is sent before the first call", async () => {
  const { server, siteUrl } = await startServer();
  clientOf(server, siteUrl);
  expect(server.requests).toHaveLength(0);
});

test("a login goes out without a token", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(clientOf(server, siteUrl), server);
  await list(client);
  await client.auth().login();
  const logins = server.requests.filter(({ path }) => path === loginPath);
  expect(logins).toHaveLength(2);
  expect(logins.every(({ headers }) => headers["authorization"] === undefined)).toBe(true);
});

test("a refused login is attempted once for 20 calls, and again after the cool-down", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(
    clientOf(server, siteUrl, { auth: strategyFor(server, { clientSecret: "wrong-secret" }) }),
    server,
  );
  const together = await Promise.all(Array.from({ length: 10 }, () => failureOf(list(client))));
  for (let call = 0; call < 10; call += 1) together.push(await failureOf(list(client)));
  expect(new Set(together).size).toBe(20);
  expect(new Set(together.map(({ message }) => message)).size).toBe(1);
  expect(together[0]).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(count(server, "POST", loginPath)).toBe(1);

  server.clock.advance(10_000);
  await failureOf(list(client));
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a clock that is set back does not make a refusal last longer", async () => {
  const { server, siteUrl } = await startServer();
  let now = Date.now();
  const clock = { ...systemClock, now: () => now };
  const auth = strategyFor(server, { clientSecret: "wrong-secret" });
  const client = inProject(clientOf(server, siteUrl, { auth, clock }), server);
  await failureOf(list(client));
  now -= 3_600_000;
  await failureOf(list(client));
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a refusal is remembered too where the strategy's errors are of another copy of the package", async () => {
  const { server, siteUrl } = await startServer();
  const { name, login } = strategyFor(server, { clientSecret: "wrong-secret" });
  const copied = (error: InfisicalSDKRequestError): never => {
    throw Object.assign(new Error(error.message), error, { [Symbol.for("infisical.sdk.error")]: true });
  };
  const auth: AuthStrategy = { name, login: (context) => login(context).catch(copied) };
  const client = inProject(clientOf(server, siteUrl, { auth }), server);
  await failureOf(list(client));
  expect(await failureOf(list(client))).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("after a refused login, login() tries again at once", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(
    clientOf(server, siteUrl, { auth: strategyFor(server, { clientSecret: "wrong-secret" }) }),
    server,
  );
  await failureOf(list(client));
  await client.auth().login(strategyFor(server));
  await list(client);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a client without a way to log in says what to do", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(createClient({ siteUrl }), server);
  expect(await failureOf(list(client))).toMatchObject({
    code: "NOT_AUTHENTICATED",
    message: expect.stringContaining("auth().login()"),
  });
});

test("a token from elsewhere is used, and a reference to auth() never goes stale", async () => {
  const { server, siteUrl } = await startServer();
  const first = clientOf(server, siteUrl);
  await first.auth().login();
  const token = first.auth().getAccessToken();

  const second = inProject(createClient({ siteUrl }), server);
  const auth = second.auth();
  expect(auth.getAccessToken()).toBeNull();
  expect(second.auth().accessToken(token ?? "")).toBe(second);
  expect(auth.getAccessToken()).toBe(token);
  await list(second);
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("a login in flight is discarded when the identity is switched", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(clientOf(server, siteUrl), server);
  server.fail({ path: loginPath }, { stall: "headers" });
  const call = list(client);
  await expect.poll(() => count(server, "POST", loginPath)).toBe(1);
  await client.auth().login(strategyFor(server));
  await call;
  await create(client, "AFTER");
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a revoked token is forgotten, and the next call logs in again", async () => {
  const { server, siteUrl } = await startServer();
  const client = inProject(clientOf(server, siteUrl), server);
  await list(client);
  await client.auth().revoke();
  expect(client.auth().getAccessToken()).toBeNull();
  await list(client);
  expect(count(server, "POST", loginPath)).toBe(2);
});
