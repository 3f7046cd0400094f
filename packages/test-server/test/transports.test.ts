import { getEventListeners, once } from "node:events";
import { connect } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createTestServer, type Failure, type TestServer, type TestServerOptions } from "../src/index.ts";
import { login } from "./support/api.ts";
import { connections } from "./support/connections.ts";

const servers: TestServer[] = [];

function newServer(options?: TestServerOptions): TestServer {
  const server = createTestServer(options);
  servers.push(server);
  return server;
}

/** A request for the status, which every server answers. */
const statusRequest = { method: "GET", url: "/api/status", headers: {} };

/** A request that writes a secret. */
async function writeRequest(server: TestServer) {
  const authorization = `Bearer ${await login(server)}`;
  return {
    method: "POST",
    url: "/api/v3/secrets/raw/KEY",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ workspaceId: server.projectId(), environment: "dev", secretValue: "hunter2" }),
  };
}

const stored = (server: TestServer) => server.secrets.get({ environment: "dev", key: "KEY" });

afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe("listening on a port", () => {
  test("a listening server answers over HTTP on a free loopback port", async () => {
    const { siteUrl } = await newServer().listen();
    expect(siteUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${siteUrl}/api/status`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ message: "Ok" });
  });

  test("listening on a taken port is refused with its number", async () => {
    const { siteUrl } = await newServer().listen();
    const port = Number(new URL(siteUrl).port);
    await expect(newServer().listen({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
  });

  test("a server refuses to listen twice, and listens again after close", async () => {
    const server = newServer();
    await server.listen();
    await expect(server.listen()).rejects.toThrow("already listening");
    await server.close();
    await expect(server.listen()).resolves.toHaveProperty("siteUrl");
  });

  test("closing a server ends idle and stalled connections, any number of times", async () => {
    const server = newServer();
    const { siteUrl } = await server.listen();
    server.fail({}, { stall: "headers" });
    const stalled = fetch(`${siteUrl}/api/status`);
    const idle = connect(Number(new URL(siteUrl).port), "127.0.0.1");
    await once(idle, "connect");
    await expect.poll(() => server.requests.length).toBe(1);
    const idleClosed = once(idle, "close");
    idle.on("error", () => {});
    await server.close();
    await server.close();
    await expect(stalled).rejects.toThrow("fetch failed");
    await idleClosed;
  });

  test("a server closes at the end of an await using block", async () => {
    let siteUrl = "";
    {
      await using server = createTestServer();
      ({ siteUrl } = await server.listen());
      expect((await fetch(`${siteUrl}/api/status`)).status).toBe(200);
    }
    await expect(fetch(siteUrl)).rejects.toThrow("fetch failed");
  });

  test("a listening server uses the path as it was sent, including dots", async () => {
    const server = newServer();
    const { siteUrl } = await server.listen();
    const socket = connect(Number(new URL(siteUrl).port), "127.0.0.1");
    socket.end(
      "GET /api/v3/secrets/raw/..?environment=dev HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toContain("401");
    expect(server.requests[0]).toMatchObject({
      path: "/api/v3/secrets/raw/..",
      query: { environment: "dev" },
      status: 401,
    });
  });

  test("a listening server leaves the global Request and Response unchanged", async () => {
    const before = [globalThis.Request, globalThis.Response];
    await newServer().listen();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });
});

describe("the in-process fetch", () => {
  test("the in-process fetch accepts strings, URLs and Requests of any host, and bare paths", async () => {
    const { fetch } = newServer();
    const inputs = [
      "https://app.infisical.com/api/status",
      new URL("http://localhost:1/api/status"),
      new Request("https://eu.infisical.com/api/status"),
      "/api/status",
    ];
    for (const input of inputs) expect((await fetch(input)).status).toBe(200);
  });

  test("the response of the in-process fetch has the requested URL", async () => {
    const response = await newServer().fetch("https://app.infisical.com/api/status");
    expect(response.url).toBe("https://app.infisical.com/api/status");
  });

  test("the in-process fetch rejects with the signal's reason, before and during a request", async () => {
    const server = newServer();
    const reason = new Error("enough");
    await expect(server.fetch("/api/status", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
    server.fail({}, { stall: "headers" });
    const controller = new AbortController();
    const pending = server.fetch("/api/status", { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test("stalled requests of the in-process fetch end when the server closes", async () => {
    const server = newServer();
    server.fail({ times: 2 }, { stall: "headers" });
    const silent = server.fetch("/api/status");
    silent.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    await expect(silent).rejects.toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
  });

  test("the in-process fetch follows redirects by default", async () => {
    const server = newServer();
    const redirect = () => server.fail({ path: "/old" }, { redirect: "https://elsewhere.test/api/status" });
    redirect();
    const followed = await server.fetch("http://a.test/old", { headers: { authorization: "Bearer x" } });
    expect(await followed.json()).toMatchObject({ message: "Ok" });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("authorization");
    redirect();
    expect((await server.fetch("/old", { redirect: "manual" })).status).toBe(302);
    redirect();
    await expect(server.fetch("/old", { redirect: "error" })).rejects.toThrow("fetch failed");
  });
});

describe("the in-process transport", () => {
  test("the in-process transport accepts URLs of any host, and bare paths", async () => {
    const { transport } = newServer();
    for (const url of [
      "https://app.infisical.com/api/status",
      "http://localhost:1/api/status",
      "/api/status",
    ]) {
      expect((await transport({ ...statusRequest, url })).status).toBe(200);
    }
  });

  test("the in-process transport does not need the classes of the Fetch API", async () => {
    for (const name of ["fetch", "Request", "Response", "Headers"]) vi.stubGlobal(name, undefined);
    const { transport } = newServer();
    expect((await transport(statusRequest)).status).toBe(200);
    expect((await transport({ ...statusRequest, url: "/nowhere" })).status).toBe(404);
  });

  test("the in-process transport logs the headers of a request with lower-case names", async () => {
    const server = newServer();
    await server.transport({ ...statusRequest, headers: { "X-Test": "yes" } });
    expect(server.requests[0]?.headers).toEqual({ "x-test": "yes" });
  });

  test.each<[Failure, { sent: boolean; code: string }]>([
    [{ refuse: true }, { sent: false, code: "ECONNREFUSED" }],
    [{ drop: "before" }, { sent: true, code: "ECONNRESET" }],
    [{ drop: "after" }, { sent: true, code: "ECONNRESET" }],
    [{ truncate: "connection" }, { sent: true, code: "ECONNRESET" }],
  ])("the in-process transport rejects with an error that fits %j", async (failure, error) => {
    const server = newServer();
    server.fail({}, failure);
    await expect(server.transport(statusRequest)).rejects.toMatchObject({ name: "TransportError", ...error });
  });

  test.each<Failure>([{ stall: "headers" }, { stall: "body" }, { delay: 1000 }])(
    "the in-process transport rejects immediately when the signal aborts during %j",
    async (failure) => {
      const server = newServer({ clock: { frozen: true } });
      server.fail({}, failure);
      const controller = new AbortController();
      const pending = server.transport({ ...statusRequest, signal: controller.signal });
      controller.abort();
      const error = { name: "TransportError", sent: true, code: "ABORTED" };
      await expect(pending).rejects.toMatchObject(error);
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each<Failure>([{ stall: "headers" }, { stall: "body" }, { delay: 1000 }])(
    "the in-process transport rejects when the server closes during %j",
    async (failure) => {
      const server = newServer({ clock: { frozen: true } });
      server.fail({}, failure);
      const pending = server.transport(statusRequest);
      const error = { name: "TransportError", sent: true, code: "ECONNRESET" };
      await Promise.all([expect(pending).rejects.toMatchObject(error), server.close()]);
    },
  );

  test.each(["abort", "close"])(
    "the in-process transport does not do the work of a delayed request that ends early, by %s",
    async (end) => {
      const server = newServer({ clock: { frozen: true } });
      const request = await writeRequest(server);
      server.fail({}, { delay: 1000 });
      const controller = new AbortController();
      const pending = server.transport({ ...request, signal: controller.signal });
      if (end === "abort") controller.abort();
      else await server.close();
      await expect(pending).rejects.toThrow();
      server.clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(stored(server)).toBeUndefined();
    },
  );

  test("the in-process transport reports nothing as sent if the signal has already aborted", async () => {
    const request = { ...statusRequest, signal: AbortSignal.abort() };
    const error = { name: "TransportError", sent: false, code: "ABORTED" };
    await expect(newServer().transport(request)).rejects.toMatchObject(error);
  });

  test("the in-process transport reports nothing as sent if the URL is not valid", async () => {
    const error = { name: "TransportError", sent: false, code: "ERR_INVALID_URL" };
    const pending = newServer().transport({ ...statusRequest, url: "https://hunter2:1:2/" });
    await expect(pending).rejects.toMatchObject(error);
    await expect(pending).rejects.not.toThrow(/hunter2/);
  });

  test("the in-process transport shows nothing of the request in its errors, and chains no error", async () => {
    const server = newServer();
    const request = await writeRequest(server);
    for (const failure of [{ refuse: true }, { drop: "after" }, { truncate: "connection" }] as const) {
      server.fail({}, failure);
      const error = await server.transport(request).catch((error) => error);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toHaveProperty("cause");
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/Bearer|hunter2/);
    }
  });

  test("the in-process transport leaves no listener on the signal, however a request ends", async () => {
    const server = newServer();
    const { signal } = new AbortController();
    const failures: (Failure | undefined)[] = [undefined, { refuse: true }, { drop: "before" }, { delay: 1 }];
    for (const failure of failures) {
      if (failure) server.fail({}, failure);
      await server.transport({ ...statusRequest, signal }).catch(() => {});
    }
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe.each(connections)("a request over $name", ({ name, open }) => {
  test(`a request gets the status, the headers and the whole body (${name})`, async () => {
    const send = await open(newServer());
    const { status, headers, body } = await send(statusRequest);
    expect([status, headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
    expect(headers["content-length"]).toBe(String(body.length));
    expect(JSON.parse(body)).toMatchObject({ message: "Ok" });
  });

  test(`a request gets headers with lower-case names, repeated ones joined (${name})`, async () => {
    const server = newServer();
    const send = await open(server);
    const headers = { "X-Proxy": "one", "x-proxy": "two", "Content-Type": "text/html" };
    server.fail({}, { status: 503, headers, body: "sorry" });
    const response = await send(statusRequest);
    expect(response).toMatchObject({ status: 503, body: "sorry" });
    expect(response.headers).toMatchObject({ "x-proxy": "one, two", "content-type": "text/html" });
  });

  test(`a request gets an empty body where there is none (${name})`, async () => {
    const server = newServer({ clock: { frozen: true } });
    const send = await open(server);
    const { headers } = await send(statusRequest);
    expect(await send({ ...statusRequest, method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    const ifNoneMatch = { "if-none-match": headers["etag"] ?? "" };
    expect(await send({ ...statusRequest, headers: ifNoneMatch })).toMatchObject({ status: 304, body: "" });
    server.fail({}, { status: 204 });
    expect(await send(statusRequest)).toMatchObject({ status: 204, body: "" });
  });

  test(`a response is dated by the server's clock, unless a failure sets another date (${name})`, async () => {
    const server = newServer({ clock: { frozen: true, now: Date.UTC(2031, 4, 6) } });
    const send = await open(server);
    const { headers } = await send(statusRequest);
    expect(headers["date"]).toBe("Tue, 06 May 2031 00:00:00 GMT");
    server.clock.advance(61_000);
    const later = "Tue, 06 May 2031 00:01:01 GMT";
    const failures: Failure[] = [
      { status: 503 },
      { status: 204 },
      { garbage: true },
      { redirect: "/x" },
      { rateLimit: {} },
      { truncate: "body" },
    ];
    for (const failure of failures) {
      server.fail({}, failure);
      expect((await send(statusRequest)).headers["date"]).toBe(later);
    }
    expect((await send({ ...statusRequest, url: "/nowhere" })).headers["date"]).toBe(later);
    server.fail({}, { status: 503, headers: { Date: "Mon, 05 May 2031 00:00:00 GMT" } });
    expect((await send(statusRequest)).headers["date"]).toBe("Mon, 05 May 2031 00:00:00 GMT");
  });

  test.each<Failure>([
    { truncate: "body" },
    { truncate: true },
    { truncate: "connection" },
    { stall: "body" },
    { garbage: true },
  ])(`a request gets a response without a body whole, despite %j (${name})`, async (failure) => {
    const server = newServer({ clock: { frozen: true } });
    const send = await open(server);
    const etag = (await send(statusRequest)).headers["etag"] ?? "";
    const bodiless = [
      { ...statusRequest, headers: { "if-none-match": etag } },
      { ...statusRequest, method: "OPTIONS" },
      { ...statusRequest, method: "HEAD" },
    ];
    const statuses = "garbage" in failure ? [200, 200, 200] : [304, 204, 200];
    for (const [index, request] of bodiless.entries()) {
      server.fail({}, failure);
      const { status, body } = await send(request);
      expect(status).toBe(statuses[index]);
      if (request.method === "HEAD" || status !== 200) expect(body).toBe("");
    }
  });

  test(`a request gets a redirect unchanged (${name})`, async () => {
    const server = newServer();
    const send = await open(server);
    server.fail({}, { redirect: "https://elsewhere.test/", status: 307 });
    const { status, headers } = await send(statusRequest);
    expect([status, headers["location"]]).toEqual([307, "https://elsewhere.test/"]);
    expect(server.requests).toHaveLength(1);
  });

  test(`a request gets the responses of a rate limit and of a proxy (${name})`, async () => {
    const server = newServer();
    const send = await open(server);
    server.fail({}, { rateLimit: { retryAfter: 7 } });
    const limited = await send(statusRequest);
    expect([limited.status, limited.headers["retry-after"]]).toEqual([429, "7"]);
    server.fail({}, { garbage: true });
    const garbage = await send(statusRequest);
    expect([garbage.status, garbage.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(garbage.body).toContain("<h1>");
  });

  test(`a request gets half of a body as a complete one if ordered (${name})`, async () => {
    const server = newServer();
    const send = await open(server);
    server.fail({}, { truncate: "body" });
    const { status, headers, body } = await send(statusRequest);
    expect([status, headers["content-length"]]).toEqual([200, String(body.length)]);
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
  });

  test.each<Failure>([{ refuse: true }, { drop: "before" }, { drop: "after" }, { truncate: "connection" }])(
    `a request rejects with %j, and is not sent twice (${name})`,
    async (failure) => {
      const server = newServer();
      const send = await open(server);
      const request = await writeRequest(server);
      server.fail({ method: "POST" }, failure);
      await expect(send(request)).rejects.toThrow();
      const isDone = "truncate" in failure || ("drop" in failure && failure.drop === "after");
      expect(stored(server)).toBe(isDone ? "hunter2" : undefined);
      const received = server.requests.filter(({ path }) => path === request.url);
      expect(received).toHaveLength("refuse" in failure ? 0 : 1);
      expect((await send(statusRequest)).status).toBe(200);
    },
  );

  test(`a request gets a delayed response after the server's clock has moved (${name})`, async () => {
    const server = newServer({ clock: { frozen: true } });
    const send = await open(server);
    server.fail({}, { delay: 3_600_000 });
    let hasEnded = false;
    const pending = send(statusRequest).finally(() => {
      hasEnded = true;
    });
    await expect.poll(() => server.requests.length).toBe(1);
    server.clock.advance(3_599_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    server.clock.advance(1);
    expect((await pending).status).toBe(200);
  });

  test.each<Failure>([{ stall: "headers" }, { stall: "body" }])(
    `a request gets no response during %j until its signal aborts, or the server closes (${name})`,
    async (failure) => {
      const server = newServer();
      const send = await open(server);
      server.fail({ times: 2 }, failure);
      const controller = new AbortController();
      const aborted = send({ ...statusRequest, signal: controller.signal });
      await expect.poll(() => server.requests.length).toBe(1);
      controller.abort();
      await expect(aborted).rejects.toThrow();
      const closed = expect(send(statusRequest)).rejects.toThrow();
      await expect.poll(() => server.requests.length).toBe(2);
      await new Promise((resolve) => setImmediate(resolve));
      await server.close();
      await closed;
    },
  );

  test(`a request is not sent if its signal has already aborted (${name})`, async () => {
    const server = newServer();
    const send = await open(server);
    await expect(send({ ...statusRequest, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });

  test(`a request is logged with method, path, query, headers, body, status and time (${name})`, async () => {
    const server = newServer({ clock: { frozen: true, now: 5000 } });
    const send = await open(server);
    await send({
      method: "POST",
      url: "/api/v1/auth/token/renew?a=1&a=2&b=3",
      headers: { "content-type": "application/json", "x-test": "yes" },
      body: JSON.stringify({ accessToken: "garbage" }),
    });
    expect(server.requests).toEqual([
      {
        method: "POST",
        path: "/api/v1/auth/token/renew",
        query: { a: ["1", "2"], b: "3" },
        headers: expect.objectContaining({ "content-type": "application/json", "x-test": "yes" }),
        body: { accessToken: "garbage" },
        status: 403,
        time: 5000,
      },
    ]);
  });
});

describe("the request log", () => {
  test("the request log drops the oldest requests beyond its limit, and can be disabled", async () => {
    const small = createTestServer({ log: { limit: 20 } });
    for (let count = 0; count < 50; count += 1) await small.fetch(`/api/status?count=${count}`);
    expect(small.requests.length).toBeLessThanOrEqual(20);
    expect(small.requests.at(-1)?.query).toEqual({ count: "49" });
    const silent = createTestServer({ log: false });
    await silent.fetch("/api/status");
    expect(silent.requests).toEqual([]);
  });
});
