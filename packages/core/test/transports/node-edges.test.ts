import { createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { failureOf, listen, serve } from "#test-kit";
import { nodeTransport } from "../../src/node.ts";
import { send, sendWrite } from "./send.ts";

test("a response that arrives before the body was read occupies neither the connection nor its slot", async () => {
  const server = await listen(
    createServer((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n{}");
        socket.pause();
      });
    }),
  );
  const { url } = await serve((_, response) => response.end("ok"));
  const transport = nodeTransport({ maxSockets: 1 });
  const body = "x".repeat(20_000_000);
  expect(await sendWrite(transport, server.url, { body })).toMatchObject({ status: 413, body: "{}" });
  expect((await send(transport, url)).body).toBe("ok");
});

test("a request that is aborted as its slot becomes free is not sent, and its slot is passed on", async () => {
  const seen: string[] = [];
  const { url } = await serve(({ url }, response) => {
    seen.push(url ?? "");
    if (url === "/first") response.writeHead(200, { "content-length": "9" }).write("half");
    else response.end("ok");
    if (url === "/first") setImmediate(() => response.destroy());
  });
  const node = nodeTransport({ maxSockets: 1 });
  const controller = new AbortController();
  const first = (async () => await send(node, `${url}/first`))().catch(() => controller.abort());
  const second = failureOf(sendWrite(node, `${url}/second`, { signal: controller.signal }));
  await first;
  expect(await second).toMatchObject({ sent: false, code: "ABORTED" });
  expect((await send(node, `${url}/third`)).body).toBe("ok");
  expect(seen).toEqual(["/first", "/third"]);
});

test("a header that Node refuses late is an error, and costs no slot", async () => {
  const { url } = await serve((_, response) => response.end("ok"));
  const transport = nodeTransport({ maxSockets: 1 });
  const refused = send(transport, url, { headers: { trailer: "x" } });
  expect(await failureOf(refused)).toMatchObject({ name: "TransportError" });
  expect((await send(transport, url)).body).toBe("ok");
});

test("a connection that fails immediately was not used", async () => {
  const failed = sendWrite(nodeTransport(), "http://255.255.255.255/");
  expect(await failureOf(failed)).toMatchObject({ sent: false });
});

test("headers that are named like parts of every object are headers", async () => {
  const { url } = await serve((_, response) => response.writeHead(200, { constructor: "x" }).end());
  const { headers } = await send(nodeTransport(), url);
  expect(headers["constructor"]).toBe("x");
  expect(headers["valueOf"]).toBeUndefined();
});

test("a body of 20,000 tiny chunks arrives whole", async () => {
  const { url } = await serve((_, response) => {
    response.on("error", () => undefined);
    const write = (left: number): void => {
      for (let count = 0; count < 1000 && left > 0; count += 1, left -= 1) response.write("x");
      if (left > 0) setImmediate(write, left);
      else response.end();
    };
    write(20_000);
  });
  expect((await send(nodeTransport(), url)).body).toBe("x".repeat(20_000));
});

test("slots are passed on even if microtasks and timers are fake", async () => {
  const { url } = await serve((_, response) => response.end("ok"));
  vi.useFakeTimers({ toFake: ["queueMicrotask", "setTimeout", "setImmediate"] });
  try {
    const transport = nodeTransport({ maxSockets: 1 });
    for (let count = 0; count < 3; count += 1) expect((await send(transport, url)).body).toBe("ok");
  } finally {
    vi.useRealTimers();
  }
});

test.each([null, "x", 5, []])("the options %j are refused", (options) => {
  expect(() => nodeTransport(options as never)).toThrow(/^options must be an object/);
});
