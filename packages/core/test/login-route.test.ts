import { expect, test } from "vitest";
import { failureOf, jumpingClock, printed, startAnswering } from "#test-kit";
import {
  type AuthStrategy,
  type ClientEvent,
  createClient,
  type LoginContext,
  type LoginRoute,
  type Transport,
  TransportError,
} from "../src/index.ts";

/** A login that takes another route, as a third party writes it. */
function viaRoute(route: LoginRoute | ((context: LoginContext) => LoginRoute), clientSecret = "hunter2") {
  const contexts: LoginContext[] = [];
  const auth: AuthStrategy = {
    name: "universal-auth",
    login: async (context) => {
      contexts.push(context);
      return context.httpVia(typeof route === "function" ? route(context) : route).request({
        method: "POST",
        path: "/api/v1/auth/universal-auth/login",
        body: { clientId: "an-id", clientSecret },
        signal: context.signal,
        expect: { accessToken: "string" },
      });
    },
  };
  return { auth, contexts };
}

const success = { status: 200, headers: {}, body: JSON.stringify({ accessToken: "t", expiresIn: 3600 }) };

/** A transport that remembers where requests go, and answers or fails. */
function remembering(answer: (count: number) => ReturnType<Transport> = async () => success) {
  const urls: string[] = [];
  const transport: Transport = (request) => {
    urls.push(request.url);
    return answer(urls.length);
  };
  return { urls, transport };
}

test("a login with a route of its own goes there, and every other request does not", async () => {
  const { urls, transport } = remembering();
  const elsewhere = remembering();
  const { auth, contexts } = viaRoute({ siteUrl: "login.test/api/", transport: elsewhere.transport });
  const client = createClient({ siteUrl: "https://site.test", transport, auth });
  await client.request({ method: "GET", path: "/api/v1/any" });
  await client.auth().renew();
  await client
    .auth()
    .revoke()
    .catch(() => undefined);
  expect(new Set(elsewhere.urls)).toEqual(new Set(["https://login.test/api/v1/auth/universal-auth/login"]));
  expect(urls.some((url) => url.endsWith("/login"))).toBe(false);
  expect(new Set(urls.map((url) => new URL(url).host))).toEqual(new Set(["site.test"]));
  expect(contexts[0]?.siteUrl).toBe("https://site.test");
});

test("what a route leaves out is the client's", async () => {
  const { urls, transport } = remembering();
  const siteUrl = "https://site.test";
  for (const route of [{}, { siteUrl: "https://login.test" }, { transport }]) {
    await createClient({ siteUrl, transport, auth: viaRoute(route).auth })
      .auth()
      .login();
  }
  expect(urls.map((url) => new URL(url).host)).toEqual(["site.test", "login.test", "site.test"]);
});

test.each<[unknown, string]>([
  [{ siteUrl: "ftp://login.test" }, "siteUrl must begin with https:// or http://"],
  [{ transport: "node" }, "transport must be a transport"],
  [{ origin: "https://login.test" }, "origin"],
])("the route %j is refused by name", async (route, message) => {
  const { transport } = remembering();
  const client = createClient({ transport, auth: viaRoute(route as LoginRoute).auth });
  const error = await failureOf(client.auth().login());
  expect(error.code).toBe("INVALID_OPTION");
  expect(error.message).toContain(message);
});

test("a dropped connection of the route is followed by another attempt, which events tell", async () => {
  const events: ClientEvent[] = [];
  const { urls, transport } = remembering(async (count) => {
    if (count === 1) throw new TransportError("dropped", { sent: true, code: "ECONNRESET" });
    return success;
  });
  const clock = jumpingClock();
  const { auth } = viaRoute({ transport });
  const client = createClient({ clock, auth, onEvent: (event) => void events.push(event) });
  await client.auth().login();
  expect(urls).toHaveLength(2);
  const types = events.map(({ type }) => type).filter((type) => type !== "login-slow");
  expect(types).toEqual(["login-started", "retry-scheduled", "login-ended"]);
});

test("a refusal over the route is a refusal of the login, without what was sent", async () => {
  const { siteUrl } = await startAnswering(({ body }) => ({
    status: 401,
    headers: { "content-type": "application/json" },
    body: { reqId: "r", statusCode: 401, error: "UnauthorizedError", message: `Invalid ${body}` },
  }));
  const { auth } = viaRoute({ siteUrl });
  const error = await failureOf(createClient({ auth }).auth().login());
  expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
  expect(error.url).toBe(`${siteUrl}/api/v1/auth/universal-auth/login`);
  expect(printed(error)).not.toContain("hunter2");
});

test("a silent route ends with the client's timeout", async () => {
  const transport: Transport = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new TransportError("aborted", { sent: true })));
    });
  const { auth } = viaRoute({ transport });
  const error = await failureOf(createClient({ auth, timeout: 40, retry: false }).auth().login());
  expect(error.code).toBe("TIMEOUT");
});

test("a route takes one of the client's maxConcurrent slots", async () => {
  const events: ClientEvent[] = [];
  let finish: (response: typeof success) => void = () => undefined;
  const held = new Promise<typeof success>((resolve) => {
    finish = resolve;
  });
  const elsewhere = remembering();
  const { auth } = viaRoute({ transport: elsewhere.transport });
  const client = createClient({
    transport: () => held,
    maxConcurrent: 1,
    onEvent: (event) => void events.push(event),
  });
  client.auth().accessToken("a-token");
  const call = client.request({ method: "GET", path: "/api/v1/any" });
  await expect.poll(() => events.map(({ type }) => type)).toContain("call-started");
  const login = client.auth().login(auth);
  await expect.poll(() => events.map(({ type }) => type)).toContain("call-waiting");
  expect(elsewhere.urls).toEqual([]);
  finish({ ...success, body: "{}" });
  await call;
  await login;
  expect(elsewhere.urls).toHaveLength(1);
});

test("the server's time is read from what comes over the route", async () => {
  const times: number[] = [];
  const transport: Transport = async () => ({
    ...success,
    headers: { date: "Thu, 26 Nov 2026 15:00:00 GMT" },
  });
  const { auth } = viaRoute(({ clock }) => {
    times.push(clock?.now() ?? 0);
    return { transport };
  });
  const client = createClient({ clock: jumpingClock(), auth });
  await client.auth().login();
  await client.auth().login();
  expect(times.map((time) => new Date(time).toISOString())).toEqual([
    "2026-11-26T12:00:00.000Z",
    "2026-11-26T15:00:00.000Z",
  ]);
});

test("a closed client sends nothing over a route", async () => {
  const { urls, transport } = remembering();
  const { auth, contexts } = viaRoute({ transport });
  const client = createClient({ auth });
  await client.auth().login();
  await client.close();
  const http = contexts[0]?.httpVia({ transport });
  const error = await failureOf(http?.request({ method: "GET", path: "/api/x" }) ?? Promise.resolve());
  expect(error.code).toBe("CLIENT_CLOSED");
  expect(urls).toHaveLength(1);
});
