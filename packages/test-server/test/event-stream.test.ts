import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, describe, expect, test } from "vitest";
import { createTestServer, type Failure, type TestServer, type TestServerOptions } from "../src/index.ts";
import { call, login } from "./support/api.ts";
import { everything, streamConnections, subscribePath } from "./support/event-stream.ts";

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

  test.each<[Failure, number]>([
    [{ status: 503 }, 503],
    [{ rateLimit: {} }, 429],
    [{ garbage: true }, 200],
  ])(`a stream can be refused by %j (${name})`, async (failure, status) => {
    const { server, subscribe, token } = await start();
    server.fail({ path: subscribePath }, failure);
    const response = await subscribe({ token });
    expect(response.status).toBe(status);
    expect(response.headers["content-type"]).not.toBe("text/event-stream");
    expect(server.events.connections).toBe(0);
    await response.end();
  });

  test.each<Failure>([{ refuse: true }, { drop: "before" }, { drop: "after" }])(
    `a stream does not begin with %j, and takes no place (${name})`,
    async (failure) => {
      const { server, subscribe, token } = await start();
      server.fail({ path: subscribePath }, failure);
      await expect(subscribe({ token })).rejects.toThrow();
      expect(server.events.connections).toBe(0);
    },
  );

  test.each([
    { truncate: "connection", isComplete: false },
    { truncate: "body", isComplete: true },
  ] as const)(`a stream is cut in the middle of a frame by truncate: $truncate (${name})`, async (row) => {
    const { server, subscribe, token } = await start();
    server.fail({ path: subscribePath }, { truncate: row.truncate });
    const stream = await subscribe({ token });
    server.events.send("event: ping\n\n");
    expect(await stream.end()).toEqual({ rest: "event:", isComplete: row.isComplete });
    expect(server.events.connections).toBe(0);
  });

  test(`a stalled stream has its headers and nothing more, until it ends (${name})`, async () => {
    const { server, subscribe, token } = await start();
    server.fail({ path: subscribePath }, { stall: "body" });
    const stream = await subscribe({ token });
    expect([stream.status, server.events.connections]).toEqual([200, 1]);
    server.clock.advance(60_000);
    set(server);
    server.events.drop();
    expect(await stream.end()).toEqual({ rest: "", isComplete: false });
  });

  test(`a client that gives up during a delay has no stream afterwards (${name})`, async () => {
    const { server, subscribe, token } = await start();
    server.fail({ path: subscribePath }, { delay: 1000 });
    const controller = new AbortController();
    const pending = subscribe({ token, signal: controller.signal });
    await expect.poll(() => server.requests.at(-1)?.path).toBe(subscribePath);
    controller.abort();
    await expect(pending).rejects.toThrow();
    server.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
    await expect.poll(() => server.events.connections).toBe(0);
  });
});

describe("an event stream as a whole response", () => {
  test("the transport without stream() waits for the end of a stream", async () => {
    const server = newServer();
    const request = {
      method: "POST",
      url: subscribePath,
      headers: { authorization: `Bearer ${await login(server)}`, "content-type": "application/json" },
      body: JSON.stringify({ projectId: server.projectId(), register: everything }),
    };
    const whole = server.transport(request);
    await expect.poll(() => server.events.connections).toBe(1);
    server.events.send("one ");
    server.events.send("two");
    server.events.end();
    expect(await whole).toMatchObject({ status: 200, body: "one two" });

    const controller = new AbortController();
    const aborted = server.transport({ ...request, signal: controller.signal });
    await expect.poll(() => server.events.connections).toBe(1);
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ name: "TransportError", code: "ABORTED", sent: true });
    expect(server.events.connections).toBe(0);

    const dropped = server.transport(request);
    await expect.poll(() => server.events.connections).toBe(1);
    server.events.drop();
    await expect(dropped).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
  });

  test("stream() of the transport has the other responses too, whole or broken", async () => {
    const server = newServer();
    const request = { method: "GET", url: "/api/status", headers: {} };
    const read = async () => {
      const { body } = await server.transport.stream(request);
      let text = "";
      for await (const piece of body) text += piece;
      return text;
    };
    expect(JSON.parse(await read())).toMatchObject({ message: "Ok" });
    server.fail({}, { truncate: "connection" });
    await expect(read()).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
    server.fail({}, { drop: "before" });
    await expect(read()).rejects.toMatchObject({ name: "TransportError", code: "ECONNRESET", sent: true });
    server.fail({}, { stall: "body" });
    const stalled = read();
    await expect.poll(() => server.requests.length).toBe(4);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([expect(stalled).rejects.toMatchObject({ code: "ECONNRESET" }), server.close()]);
  });

  test("a slow reader over a socket gets everything, and the server does not wait for it", async () => {
    const server = newServer();
    const { siteUrl } = await server.listen();
    const response = await fetch(siteUrl + subscribePath, {
      method: "POST",
      headers: { authorization: `Bearer ${await login(server)}`, "content-type": "application/json" },
      body: JSON.stringify({ projectId: server.projectId(), register: everything }),
    });
    const piece = "x".repeat(1_000_000);
    for (let count = 0; count < 20; count += 1) server.events.send(piece);
    expect((await call(server, "GET", "/api/status")).status).toBe(200);
    server.events.end();
    expect((await response.text()).length).toBe(20_000_000);
    expect(server.events.connections).toBe(0);
  });

  test("a process with an open stream ends by itself", async () => {
    const contents = `
      import { createTestServer } from "./index.ts";
      import { login } from "../test/support/api.ts";
      import { streamConnections } from "../test/support/event-stream.ts";
      async function run() {
        const server = createTestServer({ eventStream: "current" });
        const subscribe = await streamConnections[2].open(server);
        const { status } = await subscribe({ token: await login(server) });
        console.log(status, server.events.connections);
      }
      run();`;
    const source = fileURLToPath(new URL("../src", import.meta.url));
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: source, loader: "ts" },
      alias: { "#sockets": `${source}/engine/no-sockets.ts` },
      bundle: true,
      format: "cjs",
      platform: "node",
      write: false,
    });
    const program = execFileSync(process.execPath, ["-"], { input: outputFiles[0]?.text, timeout: 10_000 });
    expect(program.toString()).toBe("200 1\n");
  });
});
