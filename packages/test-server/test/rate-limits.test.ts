import { afterEach, describe, expect, test } from "vitest";
import { createTestServer, type RateLimits, type TestServer, type TestServerOptions } from "../src/index.ts";
import { type ApiResponse, call, login } from "./support/api.ts";
import { streamConnections, subscribePath } from "./support/event-stream.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const loginPath = "/api/v1/auth/universal-auth/login";

/** A server with limits, and a function that calls it from an address that nothing else has used. */
async function start(rateLimits: TestServerOptions["rateLimits"], options: TestServerOptions = {}) {
  const server = createTestServer({ rateLimits, clock: { frozen: true }, ...options });
  servers.push(server);
  const token = await login(server);
  const location = { projectId: server.projectId(), environment: "dev" };
  const from =
    (address: string) =>
    (method: string, path: string, body?: object): Promise<ApiResponse> =>
      call(server, method, path, {
        token,
        body,
        headers: { "x-forwarded-for": address },
        ...(method === "GET" && { query: location }),
      });
  return { server, token, location, from, api: from("10.0.0.1") };
}

/** The status of a response and what it says about limits. */
function limitsOf({ status, headers }: ApiResponse) {
  const of = (name: string) => headers.get(name);
  return [
    status,
    of("x-ratelimit-limit"),
    of("x-ratelimit-remaining"),
    of("x-ratelimit-reset"),
    of("retry-after"),
  ];
}

async function times(count: number, send: () => Promise<ApiResponse>): Promise<number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await send()).status);
  return statuses;
}

describe("a limit", () => {
  test("a server has no limits by default, and says nothing of them", async () => {
    const { api } = await start(undefined);
    expect(new Set(await times(700, () => api("GET", "/api/v4/secrets")))).toEqual(new Set([200]));
    expect(limitsOf(await api("GET", "/api/v4/secrets"))).toEqual([200, null, null, null, null]);
  });

  test.each([
    { preset: "cloud-free", bucket: "read", limit: 200, path: "/api/v1/projects" },
    { preset: "cloud-free", bucket: "secrets", limit: 120, path: "/api/v4/secrets" },
    { preset: "cloud-pro", bucket: "read", limit: 350, path: "/api/v1/projects" },
    { preset: "cloud-pro", bucket: "secrets", limit: 300, path: "/api/v3/secrets/raw" },
  ] as const)("$preset allows $limit requests of $bucket a minute, and not one more", async (row) => {
    const { preset, limit, path } = row;
    const { api } = await start(preset);
    const statuses = await times(limit - 1, () => api("GET", path));
    expect(new Set(statuses)).toEqual(new Set([path.includes("v3") ? 400 : 200]));
    const last = await api("GET", path);
    expect(limitsOf(last)).toEqual([statuses[0], String(limit), "0", "60", null]);
    expect(limitsOf(await api("GET", path))).toEqual([429, String(limit), "0", "60", "60"]);
  });

  test.each([
    { preset: "cloud-free", limit: 90 },
    { preset: "cloud-pro", limit: 200 },
    { preset: "older", limit: 200 },
  ] as const)(
    "$preset allows an address $limit logins a minute, whoever logs in",
    async ({ preset, limit }) => {
      const { server, from } = await start(preset);
      const wrong = { clientId: "nobody", clientSecret: "wrong" };
      expect(new Set(await times(limit, () => from("10.0.0.1")("POST", loginPath, wrong)))).toEqual(
        new Set([401]),
      );
      const refused = preset === "older" ? 500 : 429;
      expect((await from("10.0.0.1")("POST", loginPath, server.credentials())).status).toBe(refused);
      expect((await from("10.0.0.2")("POST", loginPath, server.credentials())).status).toBe(200);
    },
  );

  test("cloud limits all requests of an address together to 600 a minute", async () => {
    const { api, location } = await start("cloud-pro");
    await times(300, () => api("GET", "/api/v4/secrets"));
    await times(200, () => api("GET", "/api/v1/projects"));
    const folder = { ...location, name: "no/name" };
    expect(new Set(await times(100, () => api("POST", loginPath, folder)))).toEqual(new Set([422]));
    expect(limitsOf(await api("GET", "/api/v1/projects"))).toEqual([429, "600", "0", "60", "60"]);
  });

  test("cloud limits new projects to 30 a minute", async () => {
    const { api } = await start("cloud-free");
    const create = () => api("POST", "/api/v1/projects", { projectName: "Another" });
    expect(new Set(await times(30, create))).toEqual(new Set([200]));
    expect((await create()).status).toBe(429);
    expect((await api("GET", "/api/v1/projects")).status).toBe(200);
  });

  test("a limit counts down, and starts again a minute after the first request", async () => {
    const { server, api } = await start({ secrets: 3 });
    const list = async () => limitsOf(await api("GET", "/api/v4/secrets"));
    expect(await list()).toEqual([200, "3", "2", "60", null]);
    server.clock.advance(59_000);
    expect(await list()).toEqual([200, "3", "1", "1", null]);
    expect(await list()).toEqual([200, "3", "0", "1", null]);
    expect(await list()).toEqual([429, "3", "0", "1", "1"]);
    server.clock.advance(999);
    expect(await list()).toEqual([429, "3", "0", "1", "1"]);
    server.clock.advance(1);
    expect(await list()).toEqual([200, "3", "2", "60", null]);
  });

  test("a refused request does not prolong a limit, and its work is not done", async () => {
    const { server, api, location } = await start({ secrets: 1 });
    await api("GET", "/api/v4/secrets");
    const create = () => api("POST", "/api/v4/secrets/KEY", { ...location, secretValue: "hunter2" });
    server.clock.advance(30_000);
    expect(await times(5, create)).toEqual([429, 429, 429, 429, 429]);
    expect(server.secrets.get({ environment: "dev", key: "KEY" })).toBeUndefined();
    server.clock.advance(30_000);
    expect((await create()).status).toBe(200);
  });

  test("a refusal says how long to wait", async () => {
    const { server, api } = await start({ read: 1 });
    await api("GET", "/api/v1/projects");
    server.clock.advance(17_500);
    const { body, headers } = await api("GET", "/api/v1/projects");
    expect(body).toEqual({
      reqId: expect.stringMatching(/^req-/),
      statusCode: 429,
      message: "Rate limit exceeded. Please try again in 43 seconds",
      error: "RateLimitExceeded",
    });
    expect(headers.get("retry-after")).toBe("43");
  });

  test("an older server refuses with a bare 500, and counts each route by itself", async () => {
    const { api } = await start("older");
    const list = () => api("GET", "/api/v4/secrets");
    expect(new Set(await times(40, list))).toEqual(new Set([200]));
    const refused = await list();
    expect(limitsOf(refused)).toEqual([500, "40", "0", "60", "60"]);
    expect(refused.body).toEqual({
      statusCode: 500,
      message: "Something went wrong",
      error: "InternalServerError",
    });
    expect(limitsOf(await api("GET", "/api/v4/secrets/KEY"))).toEqual([404, "40", "39", "60", null]);
    expect(limitsOf(await api("GET", "/api/v4/secrets/OTHER"))).toEqual([404, "40", "38", "60", null]);
  });

  test("a reset forgets the requests of before", async () => {
    const { server } = await start({ logins: 2 });
    const enter = () => call(server, "POST", loginPath, { body: server.credentials() });
    expect(await times(2, enter)).toEqual([200, 429]);
    server.reset();
    expect(await times(3, enter)).toEqual([200, 200, 429]);
  });
});

describe("what a limit covers", () => {
  test.each<[string, string, keyof RateLimits]>([
    ["GET", "/api/v3/secrets/raw/KEY", "secrets"],
    ["PATCH", "/api/v4/secrets/KEY", "secrets"],
    ["POST", "/api/v4/secrets/batch", "secrets"],
    ["POST", "/api/v4/secrets/move", "secrets"],
    ["GET", "/api/v2/secret-imports", "secrets"],
    ["POST", "/api/v1/secret-imports", "secrets"],
    ["POST", "/api/v1/folders", "secrets"],
    ["DELETE", "/api/v2/folders/app", "secrets"],
    ["GET", "/api/v2/folders", "read"],
    ["GET", "/api/v1/projects", "read"],
    ["GET", "/api/v1/kms/keys", "read"],
    ["POST", subscribePath, "read"],
    ["POST", "/api/v1/kms/keys", "write"],
    ["POST", "/api/v1/dynamic-secrets/leases", "write"],
    ["DELETE", "/api/v1/dynamic-secrets/db", "write"],
    ["POST", "/api/v1/auth/oidc-auth/login", "write"],
    ["POST", "/api/v1/auth/token/renew", "write"],
    ["POST", "/api/v1/auth/token/revoke", "write"],
    ["POST", "/api/v2/workspace", "projectCreation"],
  ])("%s %s counts as %s", async (method, path, bucket) => {
    const limits = { read: 1001, write: 1002, secrets: 1003, projectCreation: 1004 };
    const { api } = await start(limits);
    const { headers } = await api(method, path, method === "GET" ? undefined : {});
    expect(headers.get("x-ratelimit-limit")).toBe(String(limits[bucket as keyof typeof limits]));
    expect(headers.get("x-ratelimit-remaining")).toBe(String(limits[bucket as keyof typeof limits] - 1));
  });

  test("requests that do not get as far as the limit do not count", async () => {
    const { server, api, token } = await start({ secrets: 1, read: 1, overall: 5 });
    for (const path of ["/api/status", "/api/v9/nope", "/.well-known/jwks.json"]) {
      expect((await api("GET", path)).headers.has("x-ratelimit-limit")).toBe(false);
    }
    const headers = { "x-forwarded-for": "10.0.0.1", authorization: "Bearer garbage" };
    const stranger = await call(server, "GET", "/api/v4/secrets", { headers });
    expect(limitsOf(stranger)).toEqual([403, null, null, null, null]);
    const broken = await server.fetch("/api/v4/secrets/KEY", {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{",
    });
    expect([broken.status, broken.headers.has("x-ratelimit-limit")]).toEqual([500, false]);
    expect((await api("GET", "/api/v4/secrets")).status).toBe(200);
  });

  test("logins can have a limit of their own", async () => {
    const { server, from } = await start({ logins: 2, write: 1 });
    const api = from("10.0.0.3");
    const enter = () => api("POST", loginPath, server.credentials());
    expect(await times(3, enter)).toEqual([200, 200, 429]);
    expect((await api("POST", "/api/v1/kms/keys", {})).headers.get("x-ratelimit-limit")).toBe("1");
  });

  test("a stream counts as one request that reads, and can be refused", async () => {
    const { server, token } = await start({ read: 1 }, { eventStream: "current" });
    const subscribe = await streamConnections[2]?.open(server);
    expect((await subscribe?.({ token }))?.status).toBe(200);
    const refused = await subscribe?.({ token });
    expect([refused?.status, refused?.headers["retry-after"]]).toEqual([429, "60"]);
    expect(server.events.connections).toBe(1);
  });
});

describe("whose requests count together", () => {
  test("two addresses do not share a limit, whatever their tokens", async () => {
    const { from } = await start({ secrets: 1 });
    const list = (address: string) => from(address)("GET", "/api/v4/secrets");
    expect((await list("10.0.0.1")).status).toBe(200);
    expect((await list("10.0.0.2")).status).toBe(200);
    expect((await list("10.0.0.1, 10.0.0.9")).status).toBe(429);
    expect((await list(" 10.0.0.2 ")).status).toBe(429);
  });

  test("two identities of one address share a limit", async () => {
    const identities = ["one", "two"].map((name) => ({
      name,
      universalAuth: {},
      projectRoles: { "example-project": "admin" } as const,
    }));
    const { server, location } = await start({ secrets: 1 }, { identities });
    const list = async (name: string) =>
      (await call(server, "GET", "/api/v4/secrets", { token: await login(server, name), query: location }))
        .status;
    expect([await list("one"), await list("two")]).toEqual([200, 429]);
  });

  test("over a port, the address is that of the connection, or that of the header", async () => {
    const { server } = await start({ logins: 2 });
    const { siteUrl } = await server.listen();
    const enter = async (headers: Record<string, string> = {}) => {
      const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
      return (await fetch(siteUrl + loginPath, { ...init, body: JSON.stringify(server.credentials()) }))
        .status;
    };
    // One request without a header came in process before, as from the same address.
    expect([await enter(), await enter()]).toEqual([200, 429]);
    expect(await enter({ "x-forwarded-for": "10.0.0.1" })).toBe(200);
  });
});

test.each([
  [{ read: 0 }, "rateLimits.read: Number must be greater than or equal to 1"],
  [{ secrets: "many" }, "rateLimits.secrets: Expected number, received string"],
  [{ reads: 1 }, "rateLimits: Unrecognized key(s) in object: 'reads'"],
  ["cloud", "rateLimits: must be limits, or one of cloud-free, cloud-pro, older"],
  [true, "rateLimits: must be limits, or one of cloud-free, cloud-pro, older"],
])("limits of %j are refused with the rule that they break", (rateLimits, message) => {
  expect(() => createTestServer({ rateLimits: rateLimits as never })).toThrow(message);
});
