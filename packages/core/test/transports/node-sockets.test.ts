import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { authority, failureOf, serve, serveSecurely, warningsOf } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { run } from "./node-program.ts";
import { send, sendWrite } from "./send.ts";

/** Answers with the number of the connection that the request came over. */
async function serveNumbers(headers: Record<string, string> = {}) {
  const numbers = new Map<Socket, number>();
  return serve(({ socket }, response) => {
    const number = numbers.get(socket) ?? numbers.size + 1;
    numbers.set(socket, number);
    response.writeHead(200, headers).end(String(number));
  });
}

/** Answers only when told to. */
async function serveOnDemand() {
  const held: (() => void)[] = [];
  const server = await serve((_, response) => held.push(() => response.end()));
  const answer = async () => {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    held.shift()?.();
  };
  return { ...server, held, answer };
}

describe("a connection that is idle", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

  test("serves the next read for 4 seconds by the clock, though no timer ran", async () => {
    const { url } = await serveNumbers();
    const transport = nodeTransport();
    expect((await send(transport, url)).body).toBe("1");
    later(4000);
    expect((await send(transport, url)).body).toBe("1");
    later(4001);
    expect((await send(transport, url)).body).toBe("2");
  });

  test("is not trusted after the clock was set back", async () => {
    const { url } = await serveNumbers();
    const transport = nodeTransport();
    await send(transport, url);
    later(-1);
    expect((await send(transport, url)).body).toBe("2");
  });

  test("serves for a second less than the server announces", async () => {
    const { url } = await serveNumbers({ connection: "keep-alive", "keep-alive": "timeout=3, max=100" });
    const transport = nodeTransport();
    await send(transport, url);
    later(2000);
    expect((await send(transport, url)).body).toBe("1");
    later(2001);
    expect((await send(transport, url)).body).toBe("2");
  });

  test("is closed immediately if the server announces a second", async () => {
    const { url } = await serveNumbers({ connection: "keep-alive", "keep-alive": "timeout=1" });
    const transport = nodeTransport();
    await send(transport, url);
    expect((await send(transport, url)).body).toBe("2");
  });

  test("is closed when it is found to be stale, and the older ones with it", async () => {
    const { url, connections } = await serveNumbers();
    const transport = nodeTransport();
    await Promise.all([send(transport, url), send(transport, url)]);
    later(5000);
    expect((await send(transport, url)).body).toBe("3");
    await expect.poll(() => connections.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
  });
});

test("reads keep a connection each, and the one that became idle last is used first", async () => {
  const { url, held, connections } = await serveOnDemand();
  const transport = nodeTransport();
  const first = send(transport, url);
  await expect.poll(() => held.length).toBe(1);
  const second = send(transport, url);
  await expect.poll(() => held.length).toBe(2);
  held.pop()?.();
  await second;
  held.pop()?.();
  await first;
  const third = send(transport, url);
  await expect.poll(() => held.length).toBe(1);
  connections[1]?.destroy();
  held.pop()?.();
  expect((await third).status).toBe(200);
});

describe("a write", () => {
  test("has a new connection, which reads then reuse", async () => {
    const { url } = await serveNumbers();
    const transport = nodeTransport();
    expect((await sendWrite(transport, url)).body).toBe("1");
    expect((await send(transport, url)).body).toBe("1");
    expect((await sendWrite(transport, url)).body).toBe("2");
    expect((await sendWrite(transport, url)).body).toBe("3");
    expect((await send(transport, url)).body).toBe("1");
  });

  test("leaves no connection behind where one is idle already", async () => {
    const { url, connections } = await serveNumbers();
    const transport = nodeTransport();
    for (let count = 0; count < 10; count++) await sendWrite(transport, url);
    await expect.poll(() => connections.filter(({ destroyed }) => !destroyed).length).toBe(1);
  });

  test("does not wait for a connection that is idle", async () => {
    const { url, mostOpen } = await serveNumbers();
    const transport = nodeTransport({ maxSockets: 1 });
    expect((await send(transport, url)).body).toBe("1");
    expect((await sendWrite(transport, url)).body).toBe("2");
    expect((await send(transport, url)).body).toBe("2");
    expect(mostOpen()).toBeLessThanOrEqual(2); // The server learns of a close a little later.
  });
});

describe("maxSockets", () => {
  test("bounds the connections of reads and writes together, idle ones included", async () => {
    const { url, held } = await serveOnDemand();
    const transport = nodeTransport({ maxSockets: 3 });
    const opened: Socket[] = [];
    let most = 0;
    const onOpened = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      // The server's sockets are announced elsewhere.
      opened.push(socket);
      most = Math.max(most, opened.filter(({ destroyed }) => !destroyed).length);
    };
    subscribe("net.client.socket", onOpened);
    onTestFinished(() => void unsubscribe("net.client.socket", onOpened));
    const calls = Array.from({ length: 30 }, (_, index) => (index % 3 ? send : sendWrite)(transport, url));
    for (let count = 0; count < 10; count++) {
      await expect.poll(() => held.length).toBe(3);
      for (const answer of held.splice(0)) answer();
    }
    await Promise.all(calls);
    expect(most).toBe(3);
    expect(opened.length).toBeLessThan(30);
  });

  test("lets requests begin in the order of their calls", async () => {
    const seen: string[] = [];
    const { url } = await serve((incoming, response) => {
      seen.push(incoming.url ?? "");
      response.end();
    });
    const transport = nodeTransport({ maxSockets: 1 });
    await Promise.all(
      ["/1", "/2", "/3", "/4"].map((path, index) =>
        (index % 2 ? send : sendWrite)(transport, `${url}${path}`),
      ),
    );
    expect(seen).toEqual(["/1", "/2", "/3", "/4"]);
  });

  test("makes way for another server by closing an idle connection", async () => {
    const [one, other] = [await serveNumbers(), await serveNumbers()];
    const transport = nodeTransport({ maxSockets: 1 });
    await send(transport, one.url);
    await send(transport, other.url);
    await expect.poll(() => one.connections[0]?.destroyed).toBe(true);
    expect(other.connections[0]?.destroyed).toBe(false);
  });

  test("makes way for another server's protocol as well", async () => {
    const [one, other] = [await serveNumbers(), await serveSecurely((_, response) => response.end())];
    const transport = nodeTransport({ maxSockets: 1, ca: authority });
    await send(transport, one.url);
    await send(transport, other.url);
    await expect.poll(() => one.connections[0]?.destroyed).toBe(true);
  });

  test("frees the slot of a request that failed, was aborted, or could not be created", async () => {
    const { url, answer } = await serveOnDemand();
    const transport = nodeTransport({ maxSockets: 1 });
    await failureOf(send(transport, "http://127.0.0.1:1"));
    await failureOf(send(transport, url, { headers: { authorization: "a\nb" } }));
    const controller = new AbortController();
    const aborted = send(transport, url, { signal: controller.signal });
    controller.abort();
    await failureOf(aborted);
    const last = send(transport, url);
    await answer();
    expect((await last).status).toBe(200);
  });

  test("an abort ends the wait, and nobody waits for what was given up", async () => {
    const { url, answer, connections } = await serveOnDemand();
    const transport = nodeTransport({ maxSockets: 1 });
    const first = send(transport, url);
    const controller = new AbortController();
    const second = failureOf(send(transport, url, { signal: controller.signal }));
    const third = send(transport, url);
    controller.abort();
    expect(await second).toMatchObject({ sent: false, code: "ABORTED" });
    await answer();
    await first;
    await answer();
    expect((await third).status).toBe(200);
    expect(connections).toHaveLength(1);
  });

  test("a request that waited keeps its own asynchronous context", async () => {
    const { url } = await serveNumbers();
    const storage = new AsyncLocalStorage<string>();
    const transport = nodeTransport({ maxSockets: 1 });
    const seen = (name: string) =>
      storage.run(name, async () => {
        await send(transport, url);
        return storage.getStore();
      });
    expect(await Promise.all([seen("a"), seen("b")])).toEqual(["a", "b"]);
  });
});

test("one signal can serve any number of requests", async () => {
  const { url } = await serveNumbers();
  const warnings = warningsOf();
  const transport = nodeTransport();
  const { signal } = new AbortController();
  const remove = vi.spyOn(signal, "removeEventListener");
  const add = vi.spyOn(signal, "addEventListener");
  await Promise.all(Array.from({ length: 100 }, () => send(transport, url, { signal })));
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
  expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
    expect.arrayContaining(add.mock.calls.map(([, listener]) => listener)),
  );
});

test("TLS sessions are resumed", async () => {
  const resumed: boolean[] = [];
  const { url } = await serveSecurely(({ socket }, response) => {
    resumed.push((socket as unknown as { isSessionReused(): boolean }).isSessionReused());
    response.end();
  });
  const transport = nodeTransport({ ca: authority });
  for (let count = 0; count < 3; count++) await sendWrite(transport, url);
  expect(resumed).toEqual([false, true, true]);
});

test("a process ends though connections are idle, and not while a request runs", async () => {
  const { url, held, connections } = await serveOnDemand();
  const program = `
    import { nodeTransport } from "node-transport";
    const transport = nodeTransport();
    const read = { method: "GET", url: process.argv[2], headers: {}, idempotent: true };
    for (let count = 0; count < 2; count++) {
      const { status } = await transport({ ...read, signal: new AbortController().signal });
      console.log(status, performance.now() > 0);
    }`;
  const output = run(program, [url]);
  for (let count = 0; count < 2; count++) {
    await expect.poll(() => held.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    held.pop()?.();
  }
  expect(await output).toBe("200 true\n200 true");
  expect(connections).toHaveLength(1);
});
