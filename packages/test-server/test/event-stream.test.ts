import { afterEach, describe, expect, test } from "vitest";
import { createTestServer, type TestServer, type TestServerOptions } from "../src/index.ts";
import { login } from "./support/api.ts";
import { streamConnections } from "./support/event-stream.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function newServer(options?: TestServerOptions): TestServer {
  const server = createTestServer({ eventStream: "current", clock: { frozen: true }, ...options });
  servers.push(server);
  return server;
}

const set = (server: TestServer, key = "KEY", path = "/") =>
  server.secrets.set({ environment: "dev", path, key, value: "hunter2" });

describe.each(streamConnections)("an event stream over $name", ({ name, open }) => {
  async function start(options?: TestServerOptions) {
    const server = newServer(options);
    const subscribe = await open(server);
    return { server, subscribe, token: await login(server) };
  }

  test(`a stream is announced as one that nothing may keep or delay (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token });
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
      date: "Thu, 01 Jan 2026 00:00:00 GMT",
    });
    expect(stream.headers).not.toHaveProperty("content-length");
    expect(server.requests.at(-1)?.status).toBe(200);
    await stream.leave();
  });

  test(`a frame has the time, the type of the project and the change, but no value (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token });
    server.clock.advance(1234);
    set(server);
    const text = await stream.until("\n\n");
    const secretId = /"secretId":"([^"]+)"/.exec(text)?.[1];
    expect(secretId).toMatch(/^[\da-f-]{36}$/);
    expect(text).toBe(
      "id: 2026-01-01T00:00:01.234Z\nevent: secret-manager\n" +
        'data: {"datacontenttype":"application/json","type":"secret-manager","source":"infisical",' +
        '"time":"2026-01-01T00:00:01.234Z","data":{"specversion":1,"event":"secret:create",' +
        `"payload":{"secretId":"${secretId}","secretPath":"/","secretKey":"KEY","environment":"dev"}}}\n\n`,
    );
    await stream.leave();
  });

  test(`a stream stays alive by pings every 15 seconds of the server's clock (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token });
    server.clock.advance(14_999);
    server.events.send(": before\n\n");
    server.clock.advance(1);
    server.clock.advance(30_000);
    server.events.send(": after\n\n");
    expect(await stream.until("after\n\n")).toBe(
      ": before\n\nevent: ping\n\nevent: ping\n\nevent: ping\n\n: after\n\n",
    );
    await stream.leave();
  });

  test(`a stream of older servers has a bare 1 as its heartbeat, and eventType (${name})`, async () => {
    const { server, subscribe, token } = await start({ eventStream: "older" });
    const stream = await subscribe({ token });
    server.clock.advance(30_000);
    set(server);
    const text = await stream.until("\n\n");
    expect(text).toMatch(/^11id: 2026-01-01T00:00:30.000Z\nevent: secret-manager\ndata: \{/);
    expect(text).toContain('"data":{"specversion":1,"eventType":"secret:create","payload":{');
    await stream.leave();
  });

  test.each([
    { ends: "expires", end: (server: TestServer) => server.tokens.expire(), error: "TokenError" },
    { ends: "is revoked", end: (server: TestServer) => server.tokens.revoke(), error: "UnauthorizedError" },
  ])(`a stream whose token $ends lasts until the next check, each minute (${name})`, async (row) => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token });
    server.clock.advance(60_000);
    row.end(server);
    server.clock.advance(59_999);
    set(server);
    expect(server.events.connections).toBe(1);
    server.clock.advance(1);
    expect(server.events.connections).toBe(0);
    const { rest, isComplete } = await stream.end();
    expect(isComplete).toBe(true);
    const frames = rest.split("\n\n");
    expect(frames.filter((frame) => frame === "event: ping")).toHaveLength(7);
    expect(frames.at(-3)).toContain("secret:create");
    expect(frames.at(-2)).toMatch(
      new RegExp(
        `^event: error\\ndata: \\{"type":"error","data":\\{"name":"${row.error}","message":"[^"]+"\\}\\}$`,
      ),
    );
    expect(frames.at(-1)).toBe("");
  });

  test(`the sixth stream of a project and an identity is refused, until one of five ends (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const streams = await Promise.all(Array.from({ length: 5 }, () => subscribe({ token })));
    expect(server.events.connections).toBe(5);
    const sixth = await subscribe({ token: await login(server) });
    expect(sixth.status).toBe(429);
    expect(JSON.parse((await sixth.end()).rest)).toMatchObject({
      error: "RateLimitExceeded",
      message: `Too many active connections for project ${server.projectId()}. Please close some connections before opening a new one.`,
    });
    await streams[2]?.leave();
    await expect.poll(() => server.events.connections).toBe(4);
    expect((await subscribe({ token })).status).toBe(200);
    expect((await subscribe({ token })).status).toBe(429);
  });

  test(`a stream whose client disconnects without a word frees its place (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const controller = new AbortController();
    const stream = await subscribe({ token, signal: controller.signal });
    controller.abort();
    await expect.poll(() => server.events.connections).toBe(0);
    expect((await stream.end()).isComplete).toBe(false);
  });

  test.each([
    { how: "drop()", end: (server: TestServer) => server.events.drop(), isComplete: false },
    { how: "end()", end: (server: TestServer) => server.events.end(), isComplete: true },
    { how: "close()", end: (server: TestServer) => server.close(), isComplete: false },
    { how: "reset()", end: (server: TestServer) => server.reset(), isComplete: false },
  ])(`a stream ends by $how, and its place is free (${name})`, async ({ end, isComplete }) => {
    const { server, subscribe, token } = await start();
    const streams = await Promise.all(Array.from({ length: 5 }, () => subscribe({ token })));
    await end(server);
    expect(server.events.connections).toBe(0);
    for (const stream of streams) expect(await stream.end()).toEqual({ rest: "", isComplete });
    server.clock.advance(3_600_000);
    if (isComplete) expect((await subscribe({ token })).status).toBe(200);
  });

  test(`what was sent before a stream ends arrives, and nothing is replayed (${name})`, async () => {
    const { server, subscribe, token } = await start();
    const stream = await subscribe({ token });
    set(server, "FIRST");
    server.events.drop();
    set(server, "MISSED");
    expect((await stream.end()).rest).toContain("FIRST");
    const next = await subscribe({ token });
    set(server, "LAST");
    const text = await next.until("LAST");
    expect(text).not.toContain("MISSED");
    await next.leave();
  });
});
