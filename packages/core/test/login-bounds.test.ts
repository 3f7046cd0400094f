import { expect, onTestFinished, test, vi } from "vitest";
import { type Answer, failureOf, jumpingClock, startAnswering } from "#test-kit";
import { type AuthStrategy, createClient, type LoginResponse } from "../src/index.ts";

const loginPath = "/api/v1/auth/some-auth/login";
const read = { method: "GET", path: "/api/x" } as const;
const html: Answer = { headers: { "content-type": "text/html" }, body: "<html>hello</html>" };
const refusal = (status: number, error = "UnauthorizedError"): Answer => ({
  status,
  body: { statusCode: status, message: "no", error },
});

function strategy(): AuthStrategy {
  return {
    name: "some-auth",
    login: ({ http, signal }) =>
      http.request<LoginResponse>({
        method: "POST",
        path: loginPath,
        body: {},
        signal,
        expect: { accessToken: "string" },
      }),
  };
}

/** A client whose logins and reads are answered like this, and how often each came. */
async function clientWith(answers: {
  login: Answer | ((count: number) => Answer);
  read: Answer | (() => Answer);
}) {
  let logins = 0;
  let reads = 0;
  const { siteUrl } = await startAnswering(({ path }) => {
    if (path === loginPath) {
      logins += 1;
      return typeof answers.login === "function" ? answers.login(logins) : answers.login;
    }
    reads += 1;
    return typeof answers.read === "function" ? answers.read() : answers.read;
  });
  const clock = jumpingClock();
  const client = createClient({ siteUrl, auth: strategy(), clock, timeout: 2000 });
  return { client, clock, counts: () => ({ logins, reads }) };
}

const token = (fields: object = {}): Answer => ({ body: { accessToken: "a.b.c", ...fields } });

test.each([
  ["reads are refused with 401 though the login succeeds", token(), refusal(401)],
  ["reads are refused with a TokenError though the login succeeds", token(), refusal(403, "TokenError")],
  ["the login answers 200 with a page", html, {}],
  ["the login answers 500", refusal(500), {}],
  ["the login brings no token", { body: { accessToken: "" } }, {}],
  ["the login brings a token with a line break", { body: { accessToken: "abc\r\nx: y" } }, {}],
  ["the login brings a token beyond Latin-1", { body: { accessToken: "abcŁ" } }, {}],
] as [string, Answer, Answer][])("100 calls cause few logins where %s", async (_, login, answer) => {
  const { client, counts } = await clientWith({ login, read: answer });
  const errors = [];
  for (let call = 0; call < 100; call += 1) errors.push(await failureOf(client.request(read)));
  expect(counts().logins).toBeLessThanOrEqual(3);
  expect(new Set(errors.map(({ code }) => code)).size).toBe(1);
});

test("logins in a row are one second apart, then two, up to ten; a call in between fails immediately", async () => {
  const { client, clock, counts } = await clientWith({ login: html, read: {} });
  const begun: number[] = [];
  const start = clock.now();
  for (let step = 0; step < 600; step += 1) {
    const before = counts().logins;
    await failureOf(client.request(read));
    if (counts().logins > before) begun.push((clock.now() - start) / 1000);
    clock.advance(100);
  }
  expect(begun.map(Math.round)).toEqual([0, 0, 1, 3, 7, 15, 25, 35, 45, 55]);
});

test("an explicit login is sent immediately, whatever failed before", async () => {
  const { client, counts } = await clientWith({ login: html, read: {} });
  for (let call = 0; call < 5; call += 1) await failureOf(client.request(read));
  expect(counts().logins).toBe(2);
  await failureOf(client.auth().login());
  expect(counts().logins).toBe(3);
});

test("a route that refuses every token does not log in for each of its calls, and others go on", async () => {
  let isRefusing = true;
  const { client, counts } = await clientWith({
    login: token(),
    read: () => (isRefusing ? refusal(401) : {}),
  });
  for (let call = 0; call < 50; call += 1) {
    isRefusing = true;
    expect(await failureOf(client.request(read))).toMatchObject({ code: "UNAUTHORIZED" });
    isRefusing = false;
    await client.request(read);
  }
  expect(counts().logins).toBeLessThanOrEqual(6);
});

test("a failing refresh during calls is not repeated for each of them", async () => {
  const { client, clock, counts } = await clientWith({
    login: (count) => (count === 1 ? token({ expiresIn: 100 }) : refusal(500)),
    read: {},
  });
  await client.request(read);
  clock.advance(95_000);
  for (let call = 0; call < 100; call += 1) {
    await client.request(read);
    await new Promise((turn) => setImmediate(turn));
  }
  expect(counts().logins).toBeLessThanOrEqual(3);
});

test("a strategy that fails by itself is asked twice for 50 calls", async () => {
  let asked = 0;
  const auth: AuthStrategy = {
    name: "broken",
    login: async () => {
      asked += 1;
      throw new Error("no credentials here");
    },
  };
  const client = createClient({ auth, clock: jumpingClock() });
  for (let call = 0; call < 50; call += 1) {
    expect((await failureOf(client.request(read))).message).toBe("no credentials here");
  }
  expect(asked).toBe(2);
});

test("a token that was accepted for its whole life is not a failure: each of many ends in one login", async () => {
  const { client, clock, counts } = await clientWith({ login: token({ expiresIn: 2 }), read: {} });
  for (let life = 0; life < 20; life += 1) {
    await client.request(read);
    clock.advance(2000);
  }
  expect(counts().logins).toBe(20);
});

const never = new Promise<never>(() => undefined);

test.each([
  ["a login that never settles", { name: "silent", login: () => never }],
  [
    "a proof that never comes",
    {
      name: "silent",
      async login({ http }: Parameters<AuthStrategy["login"]>[0]) {
        await never;
        return http.request<LoginResponse>({ method: "POST", path: loginPath });
      },
    },
  ],
] as [string, AuthStrategy][])(
  "%s ends after one timeout, for every call that waits for it",
  async (_, auth) => {
    const client = createClient({ auth, timeout: 50 });
    const calls = [client.request(read), client.request(read), client.auth().login()];
    for (const call of calls) expect(await failureOf(call)).toMatchObject({ code: "TIMEOUT" });
  },
);

test("a call's own timeout ends its wait for a login that others go on waiting for", async () => {
  let finish = (_: LoginResponse): void => undefined;
  const auth: AuthStrategy = { name: "slow", login: () => new Promise((resolve) => (finish = resolve)) };
  const { siteUrl } = await startAnswering(() => ({ body: { ok: true } }));
  const client = createClient({ siteUrl, auth });
  const patient = client.request(read);
  expect(await failureOf(client.request({ ...read, timeout: 20 }))).toMatchObject({ code: "TIMEOUT" });
  finish({ accessToken: "late" });
  expect(await patient).toEqual({ ok: true });
});

test.each([
  ["a 502", { status: 502, body: "" }],
  ["a 503 with Retry-After", { status: 503, headers: { "retry-after": "1" }, body: {} }],
  ["a 504", { status: 504, body: "" }],
  ["silence", "silence"],
] as [string, Answer | "silence"][])("a login survives %s", async (_, answer) => {
  const { siteUrl, requests } = await startAnswering(({ path }, count) => {
    if (path !== loginPath) return {};
    return count === 1 ? answer : token();
  });
  const client = createClient({ siteUrl, auth: strategy(), timeout: 400, retry: { baseDelay: 5 } });
  await client.request(read);
  expect(requests).toEqual([`POST ${loginPath}`, `POST ${loginPath}`, "GET /api/x"]);
});

test.each([
  ["iat equal to exp", { iat: 1000, exp: 1000 }],
  ["exp before iat", { iat: 2000, exp: 1000 }],
  ["an exp of 0", { iat: 1_800_000_000, exp: 0 }],
  ["a negative exp", { exp: -5 }],
  ["an exp in a thousand years", { iat: 1, exp: 1e13 }],
  ["an exp that is a text", { exp: "soon" }],
])("a token with %s is used as long as expiresIn says", async (_, claims) => {
  const accessToken = `h.${btoa(JSON.stringify(claims))}.s`;
  const { client, clock, counts } = await clientWith({
    login: { body: { accessToken, expiresIn: 3600 } },
    read: {},
  });
  for (let call = 0; call < 30; call += 1) {
    await client.request(read);
    clock.advance(100_000);
  }
  expect(counts().logins).toBe(1);
});

test.each([3599, 3600, 3601, -3599, 86_400])(
  "a clock that is %i s ahead makes no login of every call",
  async (ahead) => {
    const real = Date.parse("2026-11-26T12:00:00Z");
    const iat = real / 1000;
    const accessToken = `h.${btoa(JSON.stringify({ iat, exp: iat + 3600 }))}.s`;
    const { client, clock, counts } = await clientWith({
      login: { body: { accessToken, expiresIn: 3600 }, headers: { date: new Date(real).toUTCString() } },
      read: {},
    });
    clock.advance(ahead * 1000);
    for (let call = 0; call < 12; call += 1) {
      await client.request(read);
      clock.advance(250);
    }
    expect(counts().logins).toBe(1);
  },
);

test("a proof that states the time is created again with the server's time, and no other proof is", async () => {
  const serverTime = Date.parse("2026-11-26T12:20:00Z");
  const proofs: number[] = [];
  const { siteUrl, requests } = await startAnswering(({ body }) => {
    const { at } = JSON.parse(body || "{}") as { at?: number };
    const date = { date: new Date(serverTime).toUTCString() };
    if (at !== undefined) proofs.push(at);
    const isWrong = at === undefined || Math.abs(at - serverTime) > 60_000;
    return isWrong ? { ...refusal(401), headers: date } : { ...token(), headers: date };
  });
  const login = (statesTime: boolean): AuthStrategy => ({
    name: "timed",
    login: ({ http, clock }) =>
      http.request<LoginResponse>({
        method: "POST",
        path: loginPath,
        body: statesTime ? { at: clock?.now() } : {},
      }),
  });
  const client = createClient({ siteUrl, auth: login(true), clock: jumpingClock() });
  await client.auth().login();
  expect(proofs).toEqual([Date.parse("2026-11-26T12:00:00Z"), serverTime]);
  const other = createClient({ siteUrl, auth: login(false), clock: jumpingClock() });
  expect(await failureOf(other.auth().login())).toMatchObject({ code: "AUTH_FAILED" });
  expect(requests).toHaveLength(3);
});

test("a token with a limited number of uses is not used more often, however many concurrent calls there are", async () => {
  const uses = new Map<string, number>();
  let logins = 0;
  const transport = async (request: { url: string; headers: Readonly<Record<string, string>> }) => {
    if (request.url.endsWith(loginPath)) {
      logins += 1;
      const accessToken = `h.${btoa(JSON.stringify({ numUsesLimit: 3, jti: logins }))}.s`;
      return { status: 200, headers: {}, body: JSON.stringify({ accessToken, expiresIn: 3600 }) };
    }
    const used = request.headers["authorization"] ?? "";
    uses.set(used, (uses.get(used) ?? 0) + 1);
    return { status: 200, headers: {}, body: "{}" };
  };
  const client = createClient({ auth: strategy(), transport, clock: jumpingClock() });
  await Promise.all(Array.from({ length: 10 }, () => client.request(read)));
  expect(Math.max(...uses.values())).toBe(3);
  expect(logins).toBe(4);
});

test("a refused token whose replacement fails with a 500 is a refusal, not an outage", async () => {
  const { client, counts } = await clientWith({
    login: (count) => (count === 1 ? token() : refusal(500)),
    read: refusal(403, "TokenError"),
  });
  for (let call = 0; call < 5; call += 1) {
    expect(await failureOf(client.request(read))).toMatchObject({ code: "UNAUTHORIZED" });
  }
  expect(counts().logins).toBeLessThanOrEqual(3);
});

test("a gateway's page instead of a login does not count as a refusal of the credentials", async () => {
  for (const status of [401, 403, 404]) {
    const { client } = await clientWith({ login: { ...html, status }, read: {} });
    expect(await failureOf(client.request(read))).toMatchObject({
      code: "GATEWAY_ERROR",
      statusCode: status,
    });
  }
});

test("revoking while a refresh is under way leaves no token alive", async () => {
  const alive = new Set<string>();
  let finishRefresh = (): void => undefined;
  let logins = 0;
  const { siteUrl } = await startAnswering(({ path, body }) => {
    if (path.endsWith("/revoke")) alive.delete((JSON.parse(body) as { accessToken: string }).accessToken);
    return { body: { message: "Successfully revoked access token" } };
  });
  const auth: AuthStrategy = {
    name: "slow",
    login: async () => {
      logins += 1;
      if (logins === 2) await new Promise<void>((resolve) => (finishRefresh = resolve));
      alive.add(`token-${logins}`);
      return { accessToken: `token-${logins}`, expiresIn: 100 };
    },
  };
  const clock = jumpingClock();
  const client = createClient({ siteUrl, auth, clock });
  await client.request(read);
  clock.advance(95_000);
  await client.request(read);
  const revoked = client.auth().revoke();
  finishRefresh();
  await revoked;
  // The first one would have been replaced, and ends by itself.
  expect([...alive]).toEqual(["token-1"]);
});

test.each([0.6, 0.9])("a login that takes %f of the timeout succeeds, and is sent once", async (share) => {
  const timeout = 400;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let logins = 0;
  const transport = async ({ url }: { url: string }) => {
    if (!url.endsWith(loginPath)) return { status: 200, headers: {}, body: "{}" };
    logins += 1;
    const body = JSON.stringify({ accessToken: `token-${logins}` });
    await new Promise((later) => setTimeout(later, timeout * share));
    return { status: 200, headers: {}, body };
  };
  const client = createClient({ auth: strategy(), transport, timeout });
  const first = client.request(read);
  await vi.advanceTimersByTimeAsync(timeout * share);
  await first;
  for (let call = 0; call < 2; call += 1) await client.request(read);
  expect(logins).toBeLessThanOrEqual(2);
  expect(client.auth().getAccessToken()).toBe("token-1");
});

test("a renewal that gets no response leaves time for a login", async () => {
  const { siteUrl, requests } = await startAnswering(({ path }) => {
    if (path.endsWith("/renew")) return "silence";
    return path === loginPath ? token({ expiresIn: 100, accessTokenMaxTTL: 1000 }) : {};
  });
  const client = createClient({ siteUrl, auth: strategy(), timeout: 400, clock: jumpingClock() });
  await client.request(read);
  await client.auth().renew();
  expect(requests.filter((request) => request.endsWith("/renew"))).toHaveLength(1);
  expect(requests.filter((request) => request.endsWith(loginPath))).toHaveLength(2);
});
