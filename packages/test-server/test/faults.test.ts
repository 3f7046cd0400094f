import { afterEach, describe, expect, test } from "vitest";
import { createTestServer, type Failure, type TestServer } from "../src/index.ts";
import { call, login } from "./support/api.ts";

const closing: TestServer[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});

/** Both kinds of connections to a server: without a socket and over one. */
const transports = [
  { name: "in process", open: async (server: TestServer) => server.fetch },
  {
    name: "over a socket",
    open: async (server: TestServer) => {
      closing.push(server);
      const { siteUrl } = await server.listen();
      return (path: string | URL | Request, init?: RequestInit) => fetch(`${siteUrl}${path}`, init);
    },
  },
];

describe.each(transports)("failures $name", ({ name, open }) => {
  const inProcess = name === "in process";

  async function start(failure: Failure, method?: string): Promise<[TestServer, TestServer["fetch"]]> {
    const server = createTestServer();
    const send = await open(server);
    server.fail({ method }, failure);
    return [server, send];
  }

  test(`a failure answers with a status, headers and a body (${name})`, async () => {
    const [, send] = await start({ status: 503, headers: { "x-proxy": "yes" }, body: { sorry: true } });
    const response = await send("/api/status");
    expect([response.status, response.headers.get("x-proxy")]).toEqual([503, "yes"]);
    expect(await response.json()).toEqual({ sorry: true });
    expect((await send("/api/status")).status).toBe(200);
  });

  test(`a failure delays the normal response by the server's clock (${name})`, async () => {
    const [server, send] = await start({ delay: 3_600_000 });
    const pending = send("/api/status");
    await expect.poll(() => server.requests.length).toBe(1);
    server.clock.advance(3_600_000);
    expect((await pending).status).toBe(200);
  });

  test(`a failure drops the connection before or after the work is done (${name})`, async () => {
    for (const drop of ["before", "after"] as const) {
      const server = createTestServer();
      const send = await open(server);
      const token = await login(server);
      server.fail({ method: "POST" }, { drop });
      const body = JSON.stringify({
        workspaceId: server.projects[0]?.id,
        environment: "dev",
        secretValue: "v",
      });
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const error = await send("/api/v3/secrets/raw/KEY", { method: "POST", headers, body }).catch((e) => e);
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe("fetch failed");
      expect(["ECONNRESET", "UND_ERR_SOCKET"]).toContain(error.cause.code);
      expect(server.secrets.get({ environment: "dev", key: "KEY" })).toBe(drop === "after" ? "v" : undefined);
    }
  });

  test(`a failure refuses the connection before the request is read (${name})`, async () => {
    const [server, send] = await start({ refuse: true });
    const error = await send("/api/status").catch((e) => e);
    expect(error.message).toBe("fetch failed");
    if (inProcess) expect(error.cause.code).toBe("ECONNREFUSED");
    expect(server.requests).toEqual([]);
  });

  test(`a failure stalls before the headers until the client gives up (${name})`, async () => {
    const [server, send] = await start({ stall: "headers" });
    const controller = new AbortController();
    const pending = send("/api/status", { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });

  test(`a failure stalls in the middle of the body until the client gives up (${name})`, async () => {
    const [, send] = await start({ stall: "body" });
    const controller = new AbortController();
    const response = await send("/api/status", { signal: controller.signal });
    expect(response.status).toBe(200);
    const reading = response.text();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  test(`a failure cuts the body so that it ends cleanly and is not JSON (${name})`, async () => {
    for (const truncate of [true, "body"] as const) {
      const [, send] = await start({ truncate });
      const response = await send("/api/status");
      expect(response.status).toBe(200);
      const text = await response.text();
      expect(response.headers.get("content-length")).toBe(String(text.length));
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    }
  });

  test(`a failure cuts the body by breaking the connection (${name})`, async () => {
    const [, send] = await start({ truncate: "connection" });
    const response = await send("/api/status");
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test(`a failure answers with HTML, or with a redirect (${name})`, async () => {
    const [server, send] = await start({ garbage: true });
    const garbage = await send("/api/status");
    expect([garbage.status, garbage.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    server.fail({}, { redirect: "https://elsewhere.test/", status: 308 });
    const redirect = await send("/api/status", { redirect: "manual" });
    expect([redirect.status, redirect.headers.get("location")]).toEqual([308, "https://elsewhere.test/"]);
  });

  test(`a failure answers as an exceeded rate limit, of current and of older servers (${name})`, async () => {
    const [server, send] = await start({ rateLimit: { retryAfter: 7 } });
    const limited = await send("/api/status");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await limited.json()).toMatchObject({
      statusCode: 429,
      error: "RateLimitExceeded",
      message: "Rate limit exceeded. Please try again in 7 seconds",
      reqId: expect.stringMatching(/^req-/),
    });
    server.fail({}, { rateLimit: { retryAfter: 7, header: false } });
    expect((await send("/api/status")).headers.has("retry-after")).toBe(false);
    server.fail({}, { rateLimit: { legacy: true } });
    const legacy = await send("/api/status");
    expect([legacy.status, legacy.headers.get("retry-after")]).toEqual([500, "60"]);
  });
});

describe("matching requests for a failure", () => {
  test("a failure matches by method, path and condition", async () => {
    const server = createTestServer();
    const always = { times: Number.POSITIVE_INFINITY };
    server.fail({ ...always, method: "post" }, { status: 501 });
    server.fail({ ...always, path: "/api/status" }, { status: 502 });
    server.fail({ ...always, path: /^\/api\/v3\// }, { status: 503 });
    server.fail({ ...always, when: ({ query }) => query["fail"] === "yes" }, { status: 504 });
    const status = async (method: string, path: string) => (await server.fetch(path, { method })).status;
    expect(await status("POST", "/api/status")).toBe(501);
    expect(await status("GET", "/api/status?x=1")).toBe(502);
    expect(await status("GET", "/api/v3/secrets/raw")).toBe(503);
    expect(await status("GET", "/nowhere?fail=yes")).toBe(504);
    expect(await status("GET", "/nowhere")).toBe(404);
  });

  test("a failure counts requests, can let some through first, and can be removed", async () => {
    const server = createTestServer();
    const failure = server.fail({ after: 1, times: 2 }, { status: 503 });
    const statuses = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await server.fetch("/api/status")).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect(failure.count).toBe(2);
    const removed = server.fail({}, { status: 503 });
    removed.remove();
    expect((await server.fetch("/api/status")).status).toBe(200);
    expect(removed.count).toBe(0);
  });

  test("a reset removes failures", async () => {
    const server = createTestServer();
    server.fail({}, { status: 503 });
    server.reset();
    expect((await call(server, "GET", "/api/status")).status).toBe(200);
  });
});

describe("a misspelled failure", () => {
  test.each([
    [{}, {}, /^failure: must have one of delay, stall, /],
    [{}, { stauts: 503 }, /^failure: must have one of /],
    [{}, { status: 99 }, /^failure\.status: /],
    [{}, { status: 503, haeders: {} }, /^failure: Unrecognized key\(s\) in object: 'haeders'/],
    [{}, { drop: "during" }, /^failure\.drop: /],
    [{}, { rateLimit: { retry: 1 } }, /^failure\.rateLimit: .*'retry'/],
    [{ time: 2 }, { status: 503 }, /^match: .*'time'/],
    [{ times: "2" }, { status: 503 }, /^match\.times: /],
  ])("the misspelled failure %j, %j is refused", (match, failure, message) => {
    const server = createTestServer();
    expect(() => server.fail(match as never, failure as never)).toThrow(message);
    expect(() => server.fail(match as never, failure as never)).toThrow(TypeError);
  });
});
