import { describe, expect, test } from "vitest";
import type { TestServerOptions } from "../src/index.ts";
import { startPage } from "./support/page.ts";

const redis = {
  host: "localhost",
  port: 6379,
  username: "u",
  creationStatement: "C",
  revocationStatement: "R",
};
const shop: TestServerOptions = {
  clock: { frozen: true },
  projects: [
    {
      name: "Shop",
      slug: "shop",
      environments: [
        { name: "Development", slug: "dev" },
        { name: "Production", slug: "prod" },
      ],
      secrets: {
        dev: { "/": { KEY: "value-of-KEY" }, "/db": { PASSWORD: "value-of-PASSWORD" }, "/db/replica": {} },
      },
      dynamicSecrets: { dev: { "/db": { cache: { type: "redis", inputs: redis } } } },
    },
  ],
};

async function startShop(options: TestServerOptions = {}) {
  const started = await startPage({ ...shop, ...options });
  const { server, siteUrl } = started;
  const headers = { authorization: "", "content-type": "application/json" };
  const login = () => {
    const issued = server.tokens.issue("admin", { accessTokenTTL: 3600 });
    headers.authorization = `Bearer ${issued}`;
    return issued;
  };
  const token = login();
  const read = async (path = "/api/v1/projects") => (await fetch(`${siteUrl}${path}`, { headers })).status;
  const lease = async () => {
    const body = { dynamicSecretName: "cache", projectSlug: "shop", environmentSlug: "dev", path: "/db" };
    await fetch(`${siteUrl}/api/v1/dynamic-secrets/leases`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return server.leases.list()[0];
  };
  return { ...started, token, login, read, lease };
}

describe("the state of the page", () => {
  test("is the folder that was asked for, with its folders and the names of its secrets", async () => {
    const { server, state } = await startShop();
    const project = server.projectId();
    const environments = [
      { slug: "dev", name: "Development" },
      { slug: "prod", name: "Production" },
    ];
    const place = { project, environment: "dev", path: "/db" };
    expect(await state(place)).toMatchObject({
      projects: { items: [{ id: project, name: "Shop" }], total: 1 },
      place: {
        projectId: project,
        environment: "dev",
        path: "/db",
        environments,
        folders: { items: ["replica"], total: 1 },
        secrets: { items: [{ name: "PASSWORD", id: expect.any(String), version: 1 }], total: 1 },
      },
    });
    expect((await state({ ...place, environment: "prod", path: "/" })).place.secrets.total).toBe(0);
  });

  test("is the first folder of the first project where the one that was asked for has gone", async () => {
    const { server, state } = await startShop();
    const gone = { project: "none", environment: "none", path: "/none" };
    const first = { projectId: server.projectId(), environment: "dev", path: "/" };
    expect((await state(gone)).place).toMatchObject(first);
    expect((await state({ environment: "__proto__", path: "db" })).place).toMatchObject(first);
  });

  test("has no value, no token, no credential and nothing of what requests carry", async () => {
    const { server, siteUrl, state, token, lease } = await startShop();
    const made = await lease();
    await fetch(`${siteUrl}/api/status?search=in-the-query`, { headers: { "x-header": "in-a-header" } });
    const { clientId, clientSecret } = server.credentials();
    await fetch(`${siteUrl}/api/v1/auth/universal-auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret }),
    });
    const text = JSON.stringify([await state(), await state({ environment: "dev", path: "/db" })]);
    expect(text).toContain("PASSWORD");
    const hidden = [
      "value-of",
      token,
      clientId,
      clientSecret,
      "in-the-query",
      "in-a-header",
      ...Object.values(made?.data ?? {}),
    ];
    for (const one of hidden) expect(text).not.toContain(String(one));
  });

  test("has the latest requests, with their times by the server's clock and what was ordered for them", async () => {
    const { server, state, read } = await startShop();
    server.fail({}, { status: 503 });
    server.fail({}, { drop: "before" });
    await read();
    server.clock.advance(5000);
    await read().catch(() => {});
    await read();
    const { requests, now } = await state();
    const path = "/api/v1/projects";
    const common = { method: "GET", path, isOpen: false };
    expect(requests).toEqual({
      total: 3,
      items: [
        { ...common, number: 3, status: 200, time: now },
        { ...common, number: 2, time: now, failure: "connection dropped before the work" },
        { ...common, number: 1, status: 503, time: now - 5000, failure: "status 503" },
      ],
    });
  });

  test("tells of a request that has not been answered yet, and of one that never was", async () => {
    const { server, siteUrl, state } = await startShop();
    server.fail({}, { delay: 60_000 });
    server.fail({}, { refuse: true });
    await fetch(`${siteUrl}/api/status`).catch(() => {});
    const pending = fetch(`${siteUrl}/api/status`);
    await expect.poll(async () => (await state()).requests.items).toHaveLength(2);
    expect((await state()).requests.items).toMatchObject([
      { number: 2, isOpen: true, failure: "delay of 60000 ms" },
      { number: 1, isOpen: false, failure: "connection refused" },
    ]);
    server.clock.advance(60_000);
    await pending;
    expect((await state()).requests.items[0]).toMatchObject({ status: 200, isOpen: false });
  });

  test("keeps the last hundred requests, and cuts long paths", async () => {
    const { state, read } = await startShop();
    for (let count = 0; count < 105; count += 1) await read(`/${"x".repeat(400)}/${count}`);
    const { items, total } = (await state()).requests;
    expect([items.length, total, items[0].number]).toEqual([100, 105, 105]);
    expect(items[0].path).toHaveLength(301);
  });

  test("has at most five hundred secrets, and tells how many there are", async () => {
    const { server, state } = await startShop();
    for (let count = 0; count < 510; count += 1) {
      server.secrets.set({ environment: "prod", key: `K${count}`, value: "v" });
    }
    const { secrets } = (await state({ environment: "prod" })).place;
    expect([secrets.items.length, secrets.total]).toEqual([500, 510]);
  });

  test("is empty of requests after a reset, and after it tells the new ones", async () => {
    const { server, siteUrl, state, read } = await startShop();
    await read();
    server.reset();
    expect((await state()).requests).toEqual({ items: [], total: 0 });
    await fetch(`${siteUrl}/api/status`);
    expect((await state()).requests.items).toMatchObject([{ number: 1, path: "/api/status" }]);
  });

  test("has another generation after each reset and on each server, and the same one between", async () => {
    const { server, state } = await startShop();
    const generations = new Set<number>();
    for (let resets = 0; resets < 3; resets += 1) {
      const { generation } = await state();
      expect((await state()).generation).toBe(generation);
      generations.add(generation);
      server.reset();
    }
    generations.add((await (await startShop()).state()).generation);
    expect(generations.size).toBe(4);
  });

  test("is not logged, not counted by limits and never made to fail", async () => {
    const { server, state } = await startShop({ rateLimits: { overall: 1 } });
    server.fail({ times: 9 }, { status: 503 });
    for (let count = 0; count < 5; count += 1) expect((await state()).now).toBe(server.clock.now());
    expect(server.requests).toEqual([]);
    expect((await state()).failures.items).toEqual([
      { id: 1, text: "status 503: next 9, any method, any path" },
    ]);
  });
});

test("the page loads less than 40 kB in all, and only from the server", async () => {
  const { siteUrl } = await startPage();
  const loaded = new Map<string, number>();
  const load = async (path: string): Promise<void> => {
    if (loaded.has(path)) return;
    const response = await fetch(new URL(path, siteUrl));
    expect([path, response.status]).toEqual([path, 200]);
    const text = await response.text();
    loaded.set(path, Buffer.byteLength(text));
    const markup = path === "/" ? text.matchAll(/(?:src|href)="([^"]*)"/g) : [];
    const imports = path.endsWith(".js") ? text.matchAll(/^(?:import|} from) .*?"([^"]*)";$/gm) : [];
    for (const [, named = ""] of [...markup, ...imports]) {
      expect(named).toMatch(/^(?:\/_ui\/|\.\/)[\w-]+\.\w+$/);
      await load(named.replace("./", "/_ui/"));
    }
  };
  await load("/");
  const size = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(`The page: ${loaded.size} files, ${size} bytes\n`);
  expect(loaded.size).toBe(14);
  expect(size).toBeLessThan(40_000);
});

describe("an action of the page", () => {
  test("shows a value", async () => {
    const { server, act, state } = await startShop();
    const place = { project: server.projectId(), environment: "dev", path: "/db" };
    const { generation, ...shown } = await state(place);
    const [{ id }] = shown.place.secrets.items;
    const secret = { generation, ...place, name: "PASSWORD" };
    expect(await act("show-secret", secret)).toEqual({
      status: 200,
      body: { value: "value-of-PASSWORD", id, version: 1 },
    });
    for (const gone of [{ name: "NONE" }, { path: "/none" }, { environment: "none" }, { project: "none" }]) {
      expect((await act("show-secret", { ...secret, ...gone })).status).toBe(404);
    }
  });

  test.each([
    [{ failure: { kind: "status", status: 418 }, times: 2 }, [418, 418, 200]],
    [{ failure: { kind: "rateLimit" }, times: 1 }, [429, 200, 200]],
    [{ failure: { kind: "drop", when: "before" }, times: 1 }, ["dropped", 200, 200]],
    [{ failure: { kind: "drop", when: "after" }, times: 2 }, ["dropped", "dropped", 200]],
    [{ failure: { kind: "status", status: 503 }, times: 9, path: "/api/v1/projects" }, [503, 503, 503]],
    [{ failure: { kind: "status", status: 503 }, times: 9, path: "/api/v1" }, [200, 200, 200]],
    [{ failure: { kind: "status", status: 503 }, times: 9, path: "/api/v1*" }, [503, 503, 503]],
    [{ failure: { kind: "status", status: 503 }, times: 9, path: "/api.v1*" }, [200, 200, 200]],
  ])("orders a failure: %j", async (order, expected) => {
    const { act, read } = await startShop();
    expect((await act("order-failure", order)).status).toBe(200);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push(await read().catch(() => "dropped"));
    expect(statuses).toEqual(expected);
  });

  test.each(["/*", "/_*", "/.*", "/a%2*", "//a", "/a%20b", "/_uii", "/_ui*"])(
    "orders a failure for the path %s",
    async (path) => {
      const { act, state } = await startShop();
      const order = { failure: { kind: "delay", delay: "1d" }, times: 1, path };
      expect((await act("order-failure", order)).status).toBe(200);
      const text = `delay of 86400000 ms: next 1, any method, ${path}`;
      expect((await state()).failures.items).toMatchObject([{ text }]);
    },
  );

  test("orders a delay by the server's clock, and removes a failure", async () => {
    const { server, act, state, read } = await startShop();
    await act("order-failure", { failure: { kind: "delay", delay: "2h" }, times: 5, path: "/api/v1/*" });
    const [{ id, text }] = (await state()).failures.items;
    expect(text).toBe("delay of 7200000 ms: next 5, any method, /api/v1/*");
    const pending = read();
    await expect.poll(async () => (await state()).requests.total).toBe(1);
    server.clock.advance(7_200_000);
    await pending;
    expect((await act("remove-failure", { id })).status).toBe(200);
    expect((await state()).failures.total).toBe(0);
  });

  test("removes no failure that has happened, was removed or never was", async () => {
    const { server, act, state, read } = await startShop();
    server.fail({}, { status: 503 });
    const [{ id }] = (await state()).failures.items;
    await read();
    for (const gone of [id, id + 1, -1]) {
      expect(await act("remove-failure", { id: gone })).toEqual({
        status: 404,
        body: { message: "The failure has happened already, or was removed" },
      });
    }
  });

  test("expires a token, revokes one, and tells how long the others live", async () => {
    const { server, act, state, read } = await startShop();
    server.tokens.issue("admin", { accessTokenTTL: 60 });
    const { generation, now, tokens } = await state();
    expect(tokens.items).toEqual([
      { number: 2, identity: "admin", method: "token-auth", expiresAt: now + 60_000, state: "valid" },
      { number: 1, identity: "admin", method: "token-auth", expiresAt: now + 3_600_000, state: "valid" },
    ]);
    const states = async () => (await state()).tokens.items.map((one: { state: string }) => one.state);
    expect(await read()).toBe(200);
    await act("revoke-token", { generation, number: 1 });
    expect([await states(), await read()]).toEqual([["valid", "revoked"], 401]);
    await act("expire-token", { generation, number: 2 });
    expect(await states()).toEqual(["expired", "revoked"]);
    expect((await act("expire-token", { generation, number: 3 })).status).toBe(404);
  });

  test("revokes a lease, and tells why one could not be revoked", async () => {
    const { server, act, state, lease } = await startShop();
    const made = await lease();
    const { generation, leases, now } = await state();
    const id = made?.id;
    const shown = { id, name: "cache", place: "dev /db", expiresAt: now + 3_600_000, problem: null };
    expect(leases).toEqual({ items: [shown], total: 1 });
    server.leases.failRevocations({ message: "out of order" });
    expect(await act("revoke-lease", { generation, id })).toEqual({
      status: 409,
      body: { message: "Failed to delete: out of order" },
    });
    expect((await state()).leases.items[0].problem).toBe("Failed to delete: out of order");
    expect((await act("revoke-lease", { generation, id })).status).toBe(200);
    expect(server.leases.list()).toEqual([]);
    expect((await act("revoke-lease", { generation, id })).status).toBe(404);
  });

  test("does nothing to what came after a reset in the place of what the page saw", async () => {
    const { server, act, state, login, read, lease } = await startShop();
    const place = { project: server.projectId(), environment: "dev", path: "/db" };
    const { id } = (await lease()) ?? {};
    const { generation } = await state();
    const old = [
      ["show-secret", { generation, ...place, name: "PASSWORD" }],
      ["expire-token", { generation, number: 1 }],
      ["revoke-token", { generation, number: 1 }],
      ["revoke-lease", { generation, id }],
    ] as const;
    server.reset();
    login();
    expect((await lease())?.id).toBe(id);
    for (const [action, body] of old) {
      expect(await act(action, body)).toEqual({
        status: 409,
        body: { message: "The server was reset since; what the page showed is gone" },
      });
    }
    expect([await read(), server.leases.list().length]).toEqual([200, 1]);
    const seen = (await state()).generation;
    for (const [action, body] of old) {
      expect((await act(action, { ...body, generation: seen })).status).toBe(200);
    }
  });

  test.each(["show-secret", "expire-token", "revoke-token", "revoke-lease"])(
    "%s needs to know what the page saw",
    async (name) => {
      const { act } = await startShop();
      expect(await act(name, {})).toEqual({ status: 400, body: { message: "generation: Required" } });
    },
  );

  test.each([
    ["1m", 60_000],
    ["1h", 3_600_000],
    ["1d", 86_400_000],
    [" 2.5 hours ", 9_000_000],
    ["10", 10],
  ])("moves the clock by %j", async (by, expected) => {
    const { server, act } = await startShop();
    const before = server.clock.now();
    expect((await act("advance-clock", { by })).status).toBe(200);
    expect(server.clock.now() - before).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ["advance-clock", { by: "soon" }, 'by: must be a duration such as "2h", got "soon"'],
    ["advance-clock", { by: "-1h" }, 'by: must be a duration such as "2h", got "-1h"'],
    ["advance-clock", { by: "" }, 'by: must be a duration such as "2h", got ""'],
    ["advance-clock", { by: "9".repeat(101) }, "by: must be a duration"],
    ["advance-clock", { by: "9000y" }, "by: the clock must stay before the year 9999"],
    ["advance-clock", { by: 5 }, "by: Expected string, received number"],
    ["advance-clock", { by: "1h", to: 5 }, "body: Unrecognized key(s) in object: 'to'"],
    ["advance-clock", "nonsense", "The body must be JSON"],
    ["advance-clock", "null", "The body must be an object, got null"],
    ["show-secret", "null", "The body must be an object, got null"],
    ["show-secret", "[1]", "The body must be an object, got [1]"],
    [
      "order-failure",
      { failure: { kind: "status", status: 99 }, times: 1 },
      "failure.status: Number must be",
    ],
    [
      "order-failure",
      { failure: { kind: "delay", delay: "x" }, times: 1 },
      "failure.delay: must be a duration",
    ],
    ["order-failure", { failure: { kind: "rateLimit" }, times: 0 }, "times: Number must be greater"],
    [
      "order-failure",
      { failure: { kind: "rateLimit" }, times: 1, path: "api" },
      'path: must start with /, got "api"',
    ],
    ...[
      ["/", "must not be a path of this page, to which no failure applies"],
      ["/_ui", "must not be a path of this page, to which no failure applies"],
      ["/_ui/state", "must not be a path of this page, to which no failure applies"],
      ["/_ui/*", "must not be a path of this page, to which no failure applies"],
      ["/a b", 'must be written as it is sent, without a query, such as "/a%20b"'],
      ["/a b*", 'must be written as it is sent, without a query, such as "/a%20b*"'],
      ["/ä", 'must be written as it is sent, without a query, such as "/%C3%A4"'],
      ["/a?b=c", 'must be written as it is sent, without a query, such as "/a"'],
      ["/a/../b", 'must be written as it is sent, without a query, such as "/b"'],
    ].map(([path, rule]): [string, unknown, string] => [
      "order-failure",
      { failure: { kind: "rateLimit" }, times: 1, path },
      `path: ${rule}, got "${path}"`,
    ]),
    ...["99999999999y", "25h", "86400001"].map((delay): [string, unknown, string] => [
      "order-failure",
      { failure: { kind: "delay", delay }, times: 1 },
      `failure.delay: must be at most one day, got "${delay}"`,
    ]),
    ["order-failure", { failure: { kind: "none" }, times: 1 }, "failure.kind: Invalid discriminator value"],
  ])("%s refuses %j", async (action, body, message) => {
    const { server, act, state } = await startShop();
    const before = await state();
    const refused = await act(action, body);
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain(message);
    expect([await state(), server.clock.now()]).toEqual([before, before.now]);
  });

  test.each(["constructor", "__proto__", "none", "page.js", "state"])("%s does not exist", async (name) => {
    const { act } = await startShop();
    expect((await act(name, {})).status).toBe(404);
  });
});
