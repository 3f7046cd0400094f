import type { ServerResponse } from "node:http";
import { Agent, interceptors, RetryAgent } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { serve, serveSockets } from "#test-kit";
import { undiciTransport } from "../src/index.ts";
import { failureOf, send } from "./exchange.ts";

/** Lets undici notice the end of a response; until then, it treats the connection as in use. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("reads share a connection, and every write gets its own", async () => {
  const server = await serve((_request, response) => response.end("ok"));
  const transport = undiciTransport();
  for (const method of ["GET", "GET", "GET", "POST", "PATCH", "DELETE", "GET"]) {
    await send(transport, server.url, { method });
    await turn();
  }
  expect(server.connections).toHaveLength(4);
});

test("no more than 64 connections are open for reads at a time", async () => {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  const server = await serve((_request, response) => {
    if (isOpen) response.end("ok");
    else waiting.push(response);
  });
  const transport = undiciTransport();
  const all = Promise.all(Array.from({ length: 100 }, () => send(transport, server.url)));
  await vi.waitUntil(() => waiting.length === 64);
  isOpen = true;
  for (const response of waiting) response.end("ok");
  expect((await all).map(({ body }) => body)).toEqual(Array(100).fill("ok"));
  expect(server.connections).toHaveLength(64);
});

test("a connection is not used again after 4 seconds, whatever the server announces", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=600\r\n\r\n";
  const server = await serveSockets((socket) => socket.on("data", () => socket.write(`${head}ok`)));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const transport = undiciTransport();
  const connectionsAfter = async (idle: number) => {
    await turn();
    vi.advanceTimersByTime(idle);
    await send(transport, server.url);
    return server.connections.length;
  };
  expect(await connectionsAfter(0)).toBe(1);
  expect(await connectionsAfter(3900)).toBe(1);
  expect(await connectionsAfter(4100)).toBe(2);
});

test("an agent that pipelines does not resend the requests behind a broken response", async () => {
  let requests = 0;
  const server = await serveSockets((socket) =>
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
    failureOf(send(transport, `${server.url}/a`)),
    failureOf(send(transport, `${server.url}/b`)),
  ]);
  expect(failures.map(({ sent }) => sent)).toEqual([true, true]);
  expect(requests).toBe(2);
});

test.each(["GET", "PUT", "DELETE"])("a %s is sent once through an agent that retries", async (method) => {
  let requests = 0;
  const server = await serveSockets((socket) =>
    socket.on("data", () => {
      requests += 1;
      socket.destroy();
    }),
  );
  const dispatcher = new RetryAgent(new Agent(), { minTimeout: 0, maxRetries: 3 });
  const { sent } = await failureOf(send(undiciTransport({ dispatcher }), server.url, { method }));
  expect({ sent, requests }).toEqual({ sent: true, requests: 1 });
});

test.each([
  ["PUT", "{}"],
  ["PUT", undefined],
  ["DELETE", "{}"],
  ["DELETE", undefined],
])("no agent resumes a %s with the body %j whose response breaks off", async (method, body) => {
  let requests = 0;
  const server = await serveSockets((socket) =>
    socket.on("data", (data) => {
      if (!String(data).startsWith(method)) return;
      requests += 1;
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    }),
  );
  const dispatcher = new RetryAgent(new Agent(), { minTimeout: 0, maxRetries: 3 });
  const transport = undiciTransport({ dispatcher });
  const { sent } = await failureOf(send(transport, server.url, { method, body }));
  expect({ sent, requests }).toEqual({ sent: true, requests: 1 });
});

test("an agent that retries is told about an abort", async () => {
  const waiting: ServerResponse[] = [];
  const server = await serve((_request, response) => void waiting.push(response));
  const codes: unknown[] = [];
  const dispatcher = new RetryAgent(new Agent({ connections: 1 }), {
    retry: (error, _context, callback) => {
      codes.push((error as NodeJS.ErrnoException).code);
      callback(error);
    },
  });
  const transport = undiciTransport({ dispatcher });
  const first = send(transport, server.url);
  const abort = new AbortController();
  const aborted = failureOf(send(transport, server.url, { signal: abort.signal }));
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
  const server = await serve(({ url }, response) => {
    paths.push(url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 3 }));
  const { sent } = await failureOf(send(undiciTransport({ dispatcher }), `${server.url}/here`));
  expect({ sent, paths }).toEqual({ sent: true, paths: ["/here"] });
});

test("requests that are aborted while waiting are not sent, and cost no connection", async () => {
  const paths: (string | undefined)[] = [];
  const waiting: (() => void)[] = [];
  const server = await serve(({ url }, response) => {
    paths.push(url);
    waiting.push(() => response.end("ok"));
  });
  const transport = undiciTransport({ dispatcher: new Agent({ connections: 1 }) });
  const first = send(transport, `${server.url}/first`);
  const abort = new AbortController();
  const aborted = ["POST", "GET", "POST"].map((method) =>
    failureOf(send(transport, `${server.url}/aborted`, { method, signal: abort.signal })),
  );
  const last = send(transport, `${server.url}/last`);
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
  expect(server.connections).toHaveLength(1);
});

test("the error of a closed dispatcher names it, and nothing was sent", async () => {
  for (const end of ["close", "destroy"] as const) {
    const dispatcher = new Agent();
    await dispatcher[end]();
    const { message, sent } = await failureOf(send(undiciTransport({ dispatcher }), "http://127.0.0.1:1"));
    expect({ message, sent }).toEqual({ message: "The dispatcher is closed.", sent: false });
  }
});

test("no listener is left on a signal", async () => {
  const server = await serve(({ url }, response) => {
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
  const pending = send(transport, server.url, { signal });
  expect(listeners.size).toBe(1);
  await pending;
  expect(listeners.size).toBe(0);
  await failureOf(send(transport, `${server.url}/lost`, { signal }));
  await failureOf(send(transport, "http://127.0.0.1:1", { signal }));
  expect(listeners.size).toBe(0);
});

test("close ends idle connections, and the next request opens a new one", async () => {
  const server = await serve((_request, response) => response.end("ok"));
  const transport = undiciTransport();
  await send(transport, server.url);
  await turn();
  transport.close?.();
  await send(transport, server.url);
  expect(server.connections).toHaveLength(2);
});

test("close does not close a dispatcher that was passed in", async () => {
  const server = await serve((_request, response) => response.end("ok"));
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const transport = undiciTransport({ dispatcher });
  await send(transport, server.url);
  transport.close?.();
  expect(dispatcher.closed).toBe(false);
  expect(dispatcher.destroyed).toBe(false);
});
