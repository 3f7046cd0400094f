import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createTestServer, type TestServer } from "../src/index.js";

const servers: TestServer[] = [];

function newServer(): TestServer {
  const server = createTestServer();
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe("listening on a port", () => {
  it("answers over HTTP on a free loopback port", async () => {
    const { siteUrl } = await newServer().listen();
    expect(siteUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${siteUrl}/api/status`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ message: "Ok" });
  });

  it("says so when the port is taken", async () => {
    const { siteUrl } = await newServer().listen();
    const port = Number(new URL(siteUrl).port);
    await expect(newServer().listen({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use already`);
  });

  it("refuses to listen twice, and listens again after close", async () => {
    const server = newServer();
    await server.listen();
    await expect(server.listen()).rejects.toThrow("listens already");
    await server.close();
    await expect(server.listen()).resolves.toHaveProperty("siteUrl");
  });

  it("ends idle and stalled connections when it closes, any number of times", async () => {
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

  it("closes at the end of an await using block", async () => {
    let siteUrl = "";
    {
      await using server = createTestServer();
      ({ siteUrl } = await server.listen());
      expect((await fetch(`${siteUrl}/api/status`)).status).toBe(200);
    }
    await expect(fetch(siteUrl)).rejects.toThrow("fetch failed");
  });

  it("takes the path as it was sent, dots and all", async () => {
    const server = newServer();
    const { siteUrl } = await server.listen();
    const socket = connect(Number(new URL(siteUrl).port), "127.0.0.1");
    socket.end("GET /api/v3/secrets/raw/..?environment=dev HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toContain("401");
    expect(server.requests[0]).toMatchObject({
      path: "/api/v3/secrets/raw/..",
      query: { environment: "dev" },
      status: 401,
    });
  });

  it("leaves the global Request and Response alone", async () => {
    const before = [globalThis.Request, globalThis.Response];
    await newServer().listen();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });
});

describe("the in-process fetch", () => {
  it("takes strings, URLs and Requests of any host, and bare paths", async () => {
    const { fetch } = newServer();
    const inputs = [
      "https://app.infisical.com/api/status",
      new URL("http://localhost:1/api/status"),
      new Request("https://eu.infisical.com/api/status"),
      "/api/status",
    ];
    for (const input of inputs) expect((await fetch(input)).status).toBe(200);
  });

  it("gives the response the URL that was asked for", async () => {
    const response = await newServer().fetch("https://app.infisical.com/api/status");
    expect(response.url).toBe("https://app.infisical.com/api/status");
  });

  it("rejects with the signal's reason, before and during a request", async () => {
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

  it("ends what stalls when the server closes", async () => {
    const server = newServer();
    server.fail({ times: 2 }, { stall: "headers" });
    const silent = server.fetch("/api/status");
    silent.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    await expect(silent).rejects.toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
  });

  it("follows redirects unless told otherwise", async () => {
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

describe("the request log", () => {
  it("keeps method, path, query, headers, body, status and time", async () => {
    const server = createTestServer({ clock: { frozen: true, now: 5000 } });
    await server.fetch("/api/v1/auth/token/renew?a=1&a=2&b=3", {
      method: "POST",
      headers: { "content-type": "application/json", "x-test": "yes" },
      body: JSON.stringify({ accessToken: "garbage" }),
    });
    expect(server.requests).toEqual([
      {
        method: "POST",
        path: "/api/v1/auth/token/renew",
        query: { a: ["1", "2"], b: "3" },
        headers: expect.objectContaining({ "x-test": "yes" }),
        body: { accessToken: "garbage" },
        status: 403,
        time: 5000,
      },
    ]);
  });

  it("drops the oldest requests beyond its limit, and can be switched off", async () => {
    const small = createTestServer({ log: { limit: 20 } });
    for (let count = 0; count < 50; count += 1) await small.fetch(`/api/status?count=${count}`);
    expect(small.requests.length).toBeLessThanOrEqual(20);
    expect(small.requests.at(-1)?.query).toEqual({ count: "49" });
    const silent = createTestServer({ log: false });
    await silent.fetch("/api/status");
    expect(silent.requests).toEqual([]);
  });
});
