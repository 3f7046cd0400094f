import { expect, test } from "vitest";
import { failureOf, start, strategyFor } from "#test-kit";
import { type AuthStrategy, type Client, createClient, type InfisicalSDKRequestError } from "../src/index.ts";
import { systemClock } from "../src/support/time.ts";
import { count, create, list, loginPath, tokensLasting } from "./calls.ts";

const revokePath = "/api/v1/auth/token/revoke";

test("200 concurrent first calls cause one login", async () => {
  const { server, client, location } = await start();
  await Promise.all(Array.from({ length: 200 }, () => list(client, location)));
  expect(count(server, "POST", loginPath)).toBe(1);
  expect(server.requests).toHaveLength(201);
});

test("nothing is sent before the first call", async () => {
  const { server, connect } = await start();
  connect();
  expect(server.requests).toHaveLength(0);
});

test("a login goes out without a token", async () => {
  const { server, client, location } = await start();
  await list(client, location);
  await client.auth().login();
  const logins = server.requests.filter(({ path }) => path === loginPath);
  expect(logins).toHaveLength(2);
  expect(logins.every(({ headers }) => headers["authorization"] === undefined)).toBe(true);
});

test("a refused login is attempted once for 20 calls, and again after the cool-down", async () => {
  const { server, connect, location } = await start();
  const client = connect({ auth: strategyFor(server, { clientSecret: "wrong-secret" }) });
  const together = await Promise.all(Array.from({ length: 10 }, () => failureOf(list(client, location))));
  for (let call = 0; call < 10; call += 1) together.push(await failureOf(list(client, location)));
  expect(new Set(together).size).toBe(20);
  expect(new Set(together.map(({ message }) => message)).size).toBe(1);
  expect(together[0]).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(count(server, "POST", loginPath)).toBe(1);

  server.clock.advance(10_000);
  await failureOf(list(client, location));
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("calls with a wrong secret, one each second, never lock the identity", async () => {
  const { server, connect, location } = await start();
  const client = connect({ auth: strategyFor(server, { clientSecret: "wrong-secret" }) });
  const attempts: number[] = [];
  for (let second = 0; second < 180; second += 1) {
    const { message } = await failureOf(list(client, location));
    expect(message).toContain("Invalid credentials");
    const count = server.requests.filter(({ path }) => path === loginPath).length;
    if (count > attempts.length) attempts.push(second);
    server.clock.advance(1000);
  }
  expect(attempts).toEqual([0, 10, 50, 90, 130, 170]);
  await connect({ auth: strategyFor(server) })
    .auth()
    .login();
});

test("a clock that is set back does not make a refusal last longer", async () => {
  const { server, connect, location } = await start();
  let now = Date.now();
  const clock = { ...systemClock, now: () => now };
  const auth = strategyFor(server, { clientSecret: "wrong-secret" });
  const client = connect({ auth, clock });
  await failureOf(list(client, location));
  now -= 3_600_000;
  await failureOf(list(client, location));
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a refusal is remembered too where the strategy's errors are of another copy of the package", async () => {
  const { server, connect, location } = await start();
  const { name, login } = strategyFor(server, { clientSecret: "wrong-secret" });
  const copied = (error: InfisicalSDKRequestError): never => {
    throw Object.assign(new Error(error.message), error, { [Symbol.for("infisical.sdk.error")]: true });
  };
  const auth: AuthStrategy = { name, login: (context) => login(context).catch(copied) };
  const client = connect({ auth });
  await failureOf(list(client, location));
  expect(await failureOf(list(client, location))).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("after a refused login, login() tries again at once", async () => {
  const { server, connect, location } = await start();
  const client = connect({ auth: strategyFor(server, { clientSecret: "wrong-secret" }) });
  await failureOf(list(client, location));
  await client.auth().login(strategyFor(server));
  await list(client, location);
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a client without a way to log in says what to do", async () => {
  const { siteUrl, location } = await start();
  const client = createClient({ siteUrl });
  expect(await failureOf(list(client, location))).toMatchObject({
    code: "NOT_AUTHENTICATED",
    message: expect.stringContaining("auth().login()"),
  });
});

test("a token from elsewhere is used, and a reference to auth() never goes stale", async () => {
  const { server, siteUrl, connect, location } = await start();
  const first = connect();
  await first.auth().login();
  const token = first.auth().getAccessToken();

  const second = createClient({ siteUrl });
  const auth = second.auth();
  expect(auth.getAccessToken()).toBeNull();
  expect(second.auth().accessToken(token ?? "")).toBe(second);
  expect(auth.getAccessToken()).toBe(token);
  await list(second, location);
  expect(count(server, "POST", loginPath)).toBe(1);
});

test("a login in flight is discarded when the identity is switched", async () => {
  const { server, client, location } = await start();
  server.fail({ path: loginPath }, { stall: "headers" });
  const call = list(client, location);
  await expect.poll(() => count(server, "POST", loginPath)).toBe(1);
  await client.auth().login(strategyFor(server));
  await call;
  await create(client, location, "AFTER");
  expect(count(server, "POST", loginPath)).toBe(2);
});

test("a token that arrives for an identity that was left is thrown away", async () => {
  const { server, siteUrl } = await start();
  let isLeft = false;
  const now = (): number => {
    // The first look at the clock after the login: the token is there, and its call does not have it yet.
    if (!isLeft && client?.auth().getAccessToken() === "token-of-the-first") {
      isLeft = true;
      client.auth().accessToken("token-of-the-second");
    }
    return Date.now();
  };
  const auth: AuthStrategy = {
    name: "first",
    login: async () => ({ accessToken: "token-of-the-first", expiresIn: 1000 }),
  };
  let client: Client | undefined;
  client = createClient({ siteUrl, auth, clock: { ...systemClock, now } });
  await failureOf(client.request({ method: "GET", path: "/api/v1/workspace" }));
  expect(isLeft).toBe(true);
  expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([
    "Bearer token-of-the-second",
  ]);
});

test("a revocation that ends after the identity was switched changes nothing", async () => {
  const { server, client, location } = await start({ server: tokensLasting(1000, 1000) });
  await list(client, location);
  server.fail({ path: revokePath }, { delay: 1000 });
  const revocation = client.auth().revoke();
  await expect.poll(() => count(server, "POST", revokePath)).toBe(1);
  client.auth().accessToken("token-from-elsewhere");
  server.clock.advance(1000);
  await revocation;
  expect(client.auth().getAccessToken()).toBe("token-from-elsewhere");
});

test("a revoked token is forgotten, and the next call logs in again", async () => {
  const { server, client, location } = await start();
  await list(client, location);
  await client.auth().revoke();
  expect(client.auth().getAccessToken()).toBeNull();
  await list(client, location);
  expect(count(server, "POST", loginPath)).toBe(2);
});
