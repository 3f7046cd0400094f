import { describe, expect, test } from "vitest";
import { createTestServer, type TestRouteHandler, type TestServerOptions } from "../src/index.ts";
import { call, startTest } from "./support/api.ts";

const path = "/api/v1/projects/:projectId/notes/:noteId";
const address = "/api/v1/projects/a%20b/notes/7";

describe("a route of one's own", () => {
  test("gets what was sent, and sends its JSON", async () => {
    const { server, api } = await startTest();
    server.route("POST", path, ({ params, query, headers, body, identity }) => ({
      project: params.projectId,
      note: params.noteId,
      query,
      type: headers["content-type"],
      body,
      identity,
    }));
    const response = await api("POST", address, { body: { text: "x" }, query: { limit: "2" } });
    const admin = server.identities[0];
    expect([response.status, response.body]).toEqual([
      200,
      {
        project: "a b",
        note: "7",
        query: { limit: "2" },
        type: "application/json",
        body: { text: "x" },
        identity: { name: "admin", identityId: admin?.identityId },
      },
    ]);
    expect(server.requests.at(-1)).toMatchObject({ method: "POST", path: address, status: 200 });
  });

  test("answers over a socket, and HEAD as GET without the body", async () => {
    const server = createTestServer();
    server.route("GET", "/notes", async () => ["a"], { public: true });
    const { siteUrl } = await server.listen();
    expect(await (await fetch(`${siteUrl}/notes`)).json()).toEqual(["a"]);
    const head = await fetch(`${siteUrl}/notes`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    await server.close();
  });

  test.each<[string, ReturnType<TestRouteHandler>, number, string, string | null]>([
    ["plain JSON", { notes: [] }, 200, '{"notes":[]}', "application/json; charset=utf-8"],
    ["an empty object", {}, 200, "{}", "application/json; charset=utf-8"],
    ["null", null, 200, "null", "application/json; charset=utf-8"],
    ["a text", "x", 200, '"x"', "application/json; charset=utf-8"],
    ["nothing", undefined, 200, "", null],
    ["a status alone", { status: 204 }, 204, "", null],
    [
      "a status and a body",
      { status: 201, body: { id: 1 } },
      201,
      '{"id":1}',
      "application/json; charset=utf-8",
    ],
    [
      "JSON with a field of the same name",
      { status: 5, id: 1 },
      200,
      '{"status":5,"id":1}',
      "application/json; charset=utf-8",
    ],
    ["a text of a type", { headers: { "Content-Type": "text/csv" }, body: "ä,b" }, 200, "ä,b", "text/csv"],
  ])("can return %s", async (_, result, status, body, type) => {
    const server = createTestServer();
    server.route("GET", "/notes", () => result, { public: true });
    const response = await server.fetch("/notes");
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
      status,
      body,
      type,
    ]);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      "throws",
      () => {
        throw new Error("no such note");
      },
      /of GET \/notes failed: no such note$/,
    ],
    ["rejects", () => Promise.reject(new Error("late")), /of GET \/notes failed: late$/],
    [
      "throws no error",
      () => {
        throw Object.create(null);
      },
      /failed: it threw something that is not an Error$/,
    ],
    ["returns a wrong status", () => ({ status: "ok" }), /failed: its response: status: Expected number/],
    ["returns a status that ends nothing", () => ({ status: 101 }), /failed: its response: status: /],
    [
      "returns a header with a line break",
      () => ({ headers: { a: "b\r\nc: d" } }),
      /failed: its response: headers: /,
    ],
    ["returns the length of its body", () => ({ headers: { "content-length": "1" } }), /and no framing$/],
    ["returns what JSON has no form for", () => ({ body: () => {} }), /body: cannot be written as JSON$/],
    ["returns a number without end", () => 1n, /failed: .*BigInt/],
  ])("whose handler %s is answered with 500, and the next request normally", async (_, handler, message) => {
    const server = createTestServer();
    let handle = handler;
    server.route("GET", "/notes", () => handle(), { public: true });
    expect(await call(server, "GET", "/notes")).toMatchObject({
      status: 500,
      body: { statusCode: 500, error: "InternalServerError", message: expect.stringMatching(message) },
    });
    handle = () => ["a"];
    expect((await call(server, "GET", "/notes")).body).toEqual(["a"]);
  });

  test("refuses a request without a valid token first, and a public one with a wrong token", async () => {
    const { server, api } = await startTest();
    const seen: unknown[] = [];
    server.route("GET", "/closed", ({ identity }) => seen.push(identity?.name));
    server.route("GET", "/open", ({ identity }) => seen.push(identity?.name), { public: true });
    expect(await call(server, "GET", "/closed")).toMatchObject({
      status: 401,
      body: { message: "Token missing" },
    });
    expect((await call(server, "GET", "/open", { token: "wrong" })).status).toBe(403);
    expect(seen).toEqual([]);
    await api("GET", "/closed");
    await api("GET", "/open");
    await call(server, "GET", "/open");
    expect(seen).toEqual(["admin", "admin", undefined]);
    server.tokens.expire();
    expect((await api("GET", "/closed")).status).toBe(403);
  });

  test("fails as ordered, and counts against the limits", async () => {
    const options: TestServerOptions = { clock: { frozen: true }, rateLimits: { read: 1, overall: 5 } };
    const server = createTestServer(options);
    server.route("GET", "/notes", () => ["a"], { public: true });
    const failure = server.fail({ path: "/notes" }, { status: 503 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await server.fetch("/notes")).status);
    expect([statuses, failure.count]).toEqual([[503, 200, 429], 1]);
    expect(server.requests.map(({ status }) => status)).toEqual(statuses);
  });

  test("stays after a reset", async () => {
    const { server } = await startTest();
    server.route("GET", "/notes", ({ identity }) => identity?.name);
    server.reset();
    expect(server.requests).toEqual([]);
    expect((await call(server, "GET", "/notes", { token: server.tokens.issue("admin") })).body).toBe("admin");
  });

  test("can be of a family that is otherwise not simulated", async () => {
    const { server, api } = await startTest();
    expect((await api("GET", "/api/v1/pki/alerts")).status).toBe(501);
    server.route("GET", "/api/v1/pki/alerts", () => []);
    expect((await api("GET", "/api/v1/pki/alerts")).body).toEqual([]);
  });
});

describe("route() refuses", () => {
  test.each<[string, unknown[], RegExp]>([
    ["another method", ["get", "/x", () => 1], /^route\(\): method: Invalid enum value.*'get'/],
    ["a path without a slash", ["GET", "x", () => 1], /^route\(\): path: must be segments.*got "x"$/],
    ["a pattern", ["GET", "/x/*", () => 1], /got "\/x\/\*"$/],
    ["an optional parameter", ["GET", "/:x?", () => 1], /got "\/:x\?"$/],
    ["an empty segment", ["GET", "/x//y", () => 1], /got "\/x\/\/y"$/],
    ["a query", ["GET", "/x?y=1", () => 1], /got "\/x\?y=1"$/],
    [
      "a parameter twice",
      ["GET", "/:x/:x", () => 1],
      /must have parameters of different names, got "\/:x\/:x"$/,
    ],
    ["a handler that is none", ["GET", "/x", { status: 200 }], /^route\(\): handler: Expected function/],
    ["an unknown option", ["GET", "/x", () => 1, { open: true }], /^route\(\): options: .*'open'/],
    [
      "an option of another type",
      ["GET", "/x", () => 1, { public: "yes" }],
      /^route\(\): public: Expected boolean/,
    ],
  ])("%s", (_, route, message) => {
    const server = createTestServer();
    const add = () => server.route(...(route as Parameters<typeof server.route>));
    expect(add).toThrow(TypeError);
    expect(add).toThrow(message);
  });

  test.each([
    ["one that the server has", "/api/status", "/api/status"],
    ["one that differs only in the names of its parameters", "/api/v1/projects/:x", "/api/v1/projects/:id"],
    ["one that no request would reach", "/api/v1/projects/mine", "/api/v1/projects/:id"],
    ["one that was added before", "/notes/mine", "/notes/:noteId"],
  ])("%s", (_, again, before) => {
    const server = createTestServer();
    server.route("GET", "/notes/:noteId", () => 1);
    const add = () => server.route("GET", again, () => 2);
    expect(add).toThrow(`route(): GET ${again} is answered already, by GET ${before}`);
    server.reset();
    expect(add).toThrow("is answered already");
    server.route("DELETE", "/notes/:noteId", () => 3);
  });
});

describe("tokens.issue", () => {
  test("issues a token by name and by id, which expires, is renewed and is revoked like any other", async () => {
    const server = createTestServer({
      clock: { frozen: true },
      identities: [{ name: "one", organizationRole: "admin" }, { name: "two" }],
    });
    server.route("GET", "/me", ({ identity }) => identity?.name);
    const me = async (token: string) => {
      const { status, body } = await call(server, "GET", "/me", { token });
      return status === 200 ? body : status;
    };
    const first = server.tokens.issue("two", { accessTokenTTL: 60, accessTokenMaxTTL: 90 });
    const second = server.tokens.issue(server.identities[0]?.identityId ?? "");
    expect([await me(first), await me(second)]).toEqual(["two", "one"]);
    const renewal = await call(server, "POST", "/api/v1/auth/token/renew", { body: { accessToken: first } });
    expect(renewal.body).toMatchObject({ expiresIn: 60, accessTokenMaxTTL: 90 });
    server.clock.advance(61_000);
    expect([await me(first), await me(second)]).toEqual([403, "one"]);
    server.tokens.revoke(second);
    expect(await me(second)).toBe(401);
    expect(server.requests.filter(({ path }) => path.endsWith("/login"))).toEqual([]);
  });

  test("refuses an identity that does not exist, and names those that do", () => {
    const server = createTestServer({
      identities: [{ name: "one" }, { name: "two" }, { name: "gone", isDeleted: true }],
    });
    for (const name of ["three", "gone"]) {
      expect(() => server.tokens.issue(name)).toThrow(
        `The test server has no identity "${name}". It has "one", "two".`,
      );
    }
    const nobody = createTestServer({ identities: [] });
    expect(() => nobody.tokens.issue("one")).toThrow('has no identity "one". It has none.');
  });

  test.each<[unknown, RegExp]>([
    [{ ttl: 60 }, /^tokens\.issue\(\): options: Unrecognized key.*'ttl'/],
    [{ accessTokenTTL: "1h" }, /^tokens\.issue\(\): accessTokenTTL: Expected number/],
  ])("refuses lifetimes like %j", (lifetimes, message) => {
    const server = createTestServer();
    expect(() => server.tokens.issue("admin", lifetimes as never)).toThrow(message);
  });
});
