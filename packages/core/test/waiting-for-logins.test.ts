import { expect, test } from "vitest";
import { failureOf, jumpingClock, withResolvers } from "#test-kit";
import { type AuthStrategy, createClient, type LoginResponse } from "../src/index.ts";

const request = { method: "GET", path: "/api/x" } as const;
const transport = async () => ({ status: 200, headers: {}, body: "{}" });

/** A strategy whose logins end when the test says so. */
function slowStrategy() {
  const logins: ReturnType<typeof withResolvers<LoginResponse>>[] = [];
  const auth: AuthStrategy = {
    name: "own",
    login: () => {
      const login = withResolvers<LoginResponse>();
      logins.push(login);
      return login.promise;
    },
  };
  return { auth, logins };
}

test("a call that waits for a login longer than its timeout says what it waited for", async () => {
  const { auth } = slowStrategy();
  const client = createClient({ auth, transport });
  expect(await failureOf(client.request({ ...request, timeout: 20 }))).toMatchObject({
    code: "TIMEOUT",
    message: "The wait for the login took longer than 20 ms.",
  });
});

test("a login that takes too long says which one it was", async () => {
  const { auth } = slowStrategy();
  const client = createClient({ auth, transport, timeout: 20 });
  expect(await failureOf(client.auth().login())).toMatchObject({
    code: "TIMEOUT",
    message: "The login with own took longer than 20 ms.",
  });
});

test("logins with the same strategy at once are one login", async () => {
  const { auth, logins } = slowStrategy();
  const client = createClient({ transport });
  const both = [client.auth().login(auth), client.auth().login(auth)];
  await expect.poll(() => logins).toHaveLength(1);
  logins[0]?.resolve({ accessToken: "a-token" });
  await Promise.all(both);
  expect(logins).toHaveLength(1);
});

test("a login that is asked for while another one is in flight leaves calls their token", async () => {
  const { auth, logins } = slowStrategy();
  const clock = jumpingClock();
  const client = createClient({ auth, transport, clock });
  const first = client.request(request);
  await expect.poll(() => logins).toHaveLength(1);
  logins[0]?.resolve({ accessToken: "a-token", expiresIn: 100 });
  await first;
  clock.advance(99_000);
  // In the refresh window: a login begins, and calls go on.
  await client.request(request);
  await expect.poll(() => logins).toHaveLength(2);
  const login = client.auth().login();
  await client.request(request);
  logins[1]?.resolve({ accessToken: "another-token", expiresIn: 100 });
  await login;
  expect(client.auth().getAccessToken()).toBe("another-token");
  expect(logins).toHaveLength(2);
});

test("whoever aborts a wait gets their own reason, the very object", async () => {
  const { auth } = slowStrategy();
  const client = createClient({ auth, transport });
  const controller = new AbortController();
  const reason = new Error("enough");
  const call = failureOf<Error>(client.request({ ...request, signal: controller.signal }));
  controller.abort(reason);
  expect(await call).toBe(reason);
});
