import type { ServerResponse } from "node:http";
import { Agent, interceptors, RetryAgent } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send, startPlainServer, startServer } from "./support.ts";

/** Lets undici see that a response has ended; until then, it takes the connection for one in use. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("reads share a connection, and every write gets one of its own", async () => {
  const server = await startServer((_request, response) => response.end("ok"));
  const transport = undiciTransport();
  for (const method of ["GET", "GET", "GET", "POST", "PATCH", "DELETE", "GET"]) {
    await send(transport, server.origin, { method });
    await turn();
  }
  expect(server.connections()).toBe(4);
});

test("no more than 64 connections are open for reads at a time", async () => {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  const server = await startServer((_request, response) => {
    if (isOpen) response.end("ok");
    else waiting.push(response);
  });
  const transport = undiciTransport();
  const all = Promise.all(Array.from({ length: 100 }, () => send(transport, server.origin)));
  await vi.waitUntil(() => waiting.length === 64);
  isOpen = true;
  for (const response of waiting) response.end("ok");
  expect((await all).map(({ body }) => body)).toEqual(Array(100).fill("ok"));
  expect(server.connections()).toBe(64);
});

test("a connection is not used again after 4 seconds, whatever the server announces", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=600\r\n\r\n";
  const server = await startPlainServer((socket) => socket.on("data", () => socket.write(`${head}ok`)));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const transport = undiciTransport();
  const connectionsAfter = async (idle: number) => {
    await turn();
    vi.advanceTimersByTime(idle);
    await send(transport, server.origin);
    return server.connections();
  };
  expect(await connectionsAfter(0)).toBe(1);
  expect(await connectionsAfter(3900)).toBe(1);
  expect(await connectionsAfter(4100)).toBe(2);
});

test("an agent that pipelines does not send again what was behind a broken response", async () => {
  let requests = 0;
  const server = await startPlainServer((socket) =>
    socket.on("data", (data) => {
      requests += String(data).split("GET /").length - 1;
      // Both are on this connection; the first one's response breaks off.
      if (requests === 2) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    }),
  );
  const dispatcher = new Agent({ connections: 1, pipelining: 2 });
  const pipelining = dispatcher.compose((dispatch) => (options, handler) => {
    return dispatch({ ...options, blocking: false }, handler);
  });
  const transport = undiciTransport({ dispatcher: pipelining });
  const failures = await Promise.all([
    failureOf(send(transport, `${server.origin}/a`)),
    failureOf(send(transport, `${server.origin}/b`)),
  ]);
  expect(failures.map(({ sent }) => sent)).toEqual([true, true]);
  expect(requests).toBe(2);
});

test.each(["GET", "PUT", "DELETE"])("a %s is sent once through an agent that retries", async (method) => {
  let requests = 0;
  const server = await startPlainServer((socket) =>
    socket.on("data", () => {
      requests += 1;
      socket.destroy();
    }),
  );
  const dispatcher = new RetryAgent(new Agent(), { minTimeout: 0, maxRetries: 3 });
  const { sent } = await failureOf(send(undiciTransport({ dispatcher }), server.origin, { method }));
  expect({ sent, requests }).toEqual({ sent: true, requests: 1 });
});

test.each([
  ["PUT", "{}"],
  ["PUT", undefined],
  ["DELETE", "{}"],
  ["DELETE", undefined],
])("no agent resumes a %s with the body %j whose response breaks off", async (method, body) => {
  let requests = 0;
  const server = await startPlainServer((socket) =>
    socket.on("data", (data) => {
      if (!String(data).startsWith(method)) return;
      requests += 1;
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    }),
  );
  const dispatcher = new RetryAgent(new Agent(), { minTimeout: 0, maxRetries: 3 });
  const transport = undiciTransport({ dispatcher });
  const { sent } = await failureOf(send(transport, server.origin, { method, body }));
  expect({ sent, requests }).toEqual({ sent: true, requests: 1 });
});

test("an agent that retries learns of an abort", async () => {
  const waiting: ServerResponse[] = [];
  const server = await startServer((_request, response) => void waiting.push(response));
  const codes: unknown[] = [];
  const dispatcher = new RetryAgent(new Agent({ connections: 1 }), {
    retry: (error, _context, callback) => {
      codes.push((error as NodeJS.ErrnoException).code);
      callback(error);
    },
  });
  const transport = undiciTransport({ dispatcher });
  const first = send(transport, server.origin);
  const abort = new AbortController();
  const aborted = failureOf(send(transport, server.origin, { signal: abort.signal }));
  await vi.waitUntil(() => waiting.length === 1);
  abort.abort();
  await aborted;
  waiting[0]?.end("ok");
  await first;
  await vi.waitUntil(() => codes.length === 1);
  expect(codes).toEqual(["UND_ERR_ABORTED"]);
});

test("no redirect is followed, even through an agent that does", async () => {
  const paths: (string | undefined)[] = [];
  const server = await startServer(({ url }, response) => {
    paths.push(url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 3 }));
  const { sent } = await failureOf(send(undiciTransport({ dispatcher }), `${server.origin}/here`));
  expect({ sent, paths }).toEqual({ sent: true, paths: ["/here"] });
});

test("requests that were aborted while they waited are not sent, and cost no connection", async () => {
  const paths: (string | undefined)[] = [];
  const waiting: (() => void)[] = [];
  const server = await startServer(({ url }, response) => {
    paths.push(url);
    waiting.push(() => response.end("ok"));
  });
  const transport = undiciTransport({ dispatcher: new Agent({ connections: 1 }) });
  const first = send(transport, `${server.origin}/first`);
  const abort = new AbortController();
  const aborted = ["POST", "GET", "POST"].map((method) =>
    failureOf(send(transport, `${server.origin}/aborted`, { method, signal: abort.signal })),
  );
  const last = send(transport, `${server.origin}/last`);
  await vi.waitUntil(() => waiting.length === 1);
  abort.abort();
  for (const { code, sent } of await Promise.all(aborted))
    expect({ code, sent }).toEqual({ code: "ABORTED", sent: false });
  waiting[0]?.();
  await first;
  await vi.waitUntil(() => waiting.length === 2);
  waiting[1]?.();
  await last;
  expect(paths).toEqual(["/first", "/last"]);
  expect(server.connections()).toBe(1);
});

test("a dispatcher that is closed is named, and nothing was sent", async () => {
  for (const end of ["close", "destroy"] as const) {
    const dispatcher = new Agent();
    await dispatcher[end]();
    const { message, sent } = await failureOf(send(undiciTransport({ dispatcher }), "http://127.0.0.1:1"));
    expect({ message, sent }).toEqual({ message: "The dispatcher is closed.", sent: false });
  }
});

test("no listener is left at a signal", async () => {
  const server = await startServer(({ url }, response) => {
    if (url === "/lost") response.destroy();
    else response.end("ok");
  });
  const transport = undiciTransport();
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  vi.spyOn(signal, "addEventListener").mockImplementation((_, listener) => void listeners.add(listener));
  vi.spyOn(signal, "removeEventListener").mockImplementation(
    (_, listener) => void listeners.delete(listener),
  );
  const pending = send(transport, server.origin, { signal });
  expect(listeners.size).toBe(1);
  await pending;
  expect(listeners.size).toBe(0);
  await failureOf(send(transport, `${server.origin}/lost`, { signal }));
  await failureOf(send(transport, "http://127.0.0.1:1", { signal }));
  expect(listeners.size).toBe(0);
});

test("close ends the connections that are kept, and the next request opens another", async () => {
  const server = await startServer((_request, response) => response.end("ok"));
  const transport = undiciTransport();
  await send(transport, server.origin);
  await turn();
  transport.close?.();
  await send(transport, server.origin);
  expect(server.connections()).toBe(2);
});

test("close leaves a dispatcher that was given to its owner", async () => {
  const server = await startServer((_request, response) => response.end("ok"));
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const transport = undiciTransport({ dispatcher });
  await send(transport, server.origin);
  transport.close?.();
  expect(dispatcher.closed).toBe(false);
  expect(dispatcher.destroyed).toBe(false);
});
