import { afterEach, describe, expect, test } from "vitest";
import { createTestServer, type Failure, type TestServer, type TestServerOptions } from "../src/index.ts";
import { login } from "./support/api.ts";
import { streamConnections, subscribePath } from "./support/event-stream.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe.each(streamConnections)("an event stream that fails, over $name", ({ name, open }) => {
  async function start(options?: TestServerOptions) {
    const server = createTestServer({ eventStream: "current", clock: { frozen: true }, ...options });
    servers.push(server);
    const subscribe = await open(server);
    return { server, subscribe, token: await login(server) };
  }

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
    server.secrets.set({ environment: "dev", key: "KEY", value: "hunter2" });
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

  test(`a client that gives up before the headers arrive has no stream afterwards (${name})`, async () => {
    const controller = new AbortController();
    const giveUp = ({ path }: { readonly path: string }): void => {
      if (path === subscribePath) controller.abort();
    };
    const { server, subscribe, token } = await start({ onRequest: giveUp });
    await expect(subscribe({ token, signal: controller.signal })).rejects.toThrow();
    await expect.poll(() => server.events.connections).toBe(0);
  });
});
