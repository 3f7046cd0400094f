import { getEventListeners } from "node:events";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { failureOf, jumpingClock, startAnswering, warningsOf } from "#test-kit";
import { onAbort } from "../src/authoring.ts";
import { createClient, type Middleware, type Transport } from "../src/index.ts";

const read = { method: "GET", path: "/api/x" } as const;

/** A client with a token, whose transport answers after a turn of the event loop. */
function clientOf(options: object = {}) {
  const transport: Transport = async () => {
    await new Promise((turn) => setImmediate(turn));
    return { status: 200, headers: {}, body: "{}" };
  };
  const client = createClient({ transport, ...options });
  client.auth().accessToken("some-token");
  return client;
}

test("10,000 calls with one signal get one listener at a time, and leave none", async () => {
  const { signal } = new AbortController();
  const warnings = warningsOf();
  const client = clientOf();
  const calls = Array.from({ length: 10_000 }, () => client.request({ ...read, signal }));
  await new Promise((turn) => setImmediate(turn));
  expect(getEventListeners(signal, "abort").length).toBe(1);
  await Promise.all(calls);
  expect(getEventListeners(signal, "abort").length).toBe(0);
  expect(warnings).toEqual([]);
});

test("an abort ends every call that waits, each with the signal's own reason", async () => {
  const controller = new AbortController();
  const client = clientOf({ transport: () => new Promise(() => undefined) });
  const calls = Array.from({ length: 200 }, () =>
    failureOf(client.request({ ...read, signal: controller.signal })),
  );
  await new Promise((turn) => setImmediate(turn));
  controller.abort("enough");
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["enough"]));
  expect(getEventListeners(controller.signal, "abort").length).toBe(0);
});

test("one that stops waiting for a signal leaves the others waiting", () => {
  const controller = new AbortController();
  const heard: string[] = [];
  const forget = onAbort(controller.signal, () => heard.push("first"));
  onAbort(controller.signal, () => heard.push("second"));
  forget();
  forget();
  controller.abort();
  onAbort(controller.signal, () => heard.push("third"));
  expect(heard).toEqual(["second", "third"]);
});

/** A signal as old polyfills make them: it has no reason, and its listeners take no options. */
function oldSignal() {
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  };
  const abort = (): void => {
    signal.aborted = true;
    for (const listener of listeners) listener();
  };
  return { signal: signal as unknown as AbortSignal, abort, listeners };
}

test("a signal without a reason rejects with an AbortError", async () => {
  const { signal, abort, listeners } = oldSignal();
  const client = clientOf({ transport: () => new Promise(() => undefined) });
  const call = failureOf(client.request({ ...read, signal }));
  abort();
  expect(await call).toMatchObject({ name: "AbortError" });
  expect(await failureOf(client.request({ ...read, signal }))).toMatchObject({ name: "AbortError" });
  expect(listeners.size).toBe(0);
});

test("a signal of another realm ends a call", async () => {
  const controller = runInNewContext("new AbortController()", {
    AbortController: class extends AbortController {},
  }) as AbortController;
  const client = clientOf({ transport: () => new Promise(() => undefined) });
  const call = failureOf(client.request({ ...read, signal: controller.signal }));
  controller.abort("enough");
  expect(await call).toBe("enough");
});

test.each([false, 0, "", Number.NaN, 0n, {}, [], new AbortController(), "signal", () => undefined])(
  "a signal that is none, %s, rejects and ends nothing else",
  async (signal) => {
    const client = clientOf({ timeout: 5 });
    const uncaught: unknown[] = [];
    const note = (error: unknown): number => uncaught.push(error);
    process.on("uncaughtException", note);
    const error = await failureOf(client.request({ ...read, signal: signal as AbortSignal }));
    expect(error).toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(/^signal must be/),
    });
    await new Promise((later) => setTimeout(later, 20));
    process.off("uncaughtException", note);
    expect(uncaught).toEqual([]);
  },
);

test.each([
  ["never settles", () => new Promise(() => undefined)],
  [
    "never settles after its response",
    async (request, next) => {
      await next(request);
      return new Promise(() => undefined);
    },
  ],
] as [string, Middleware][])("a middleware that %s does not keep an aborted call", async (_, layer) => {
  const controller = new AbortController();
  const call = failureOf(clientOf({ middleware: [layer] }).request({ ...read, signal: controller.signal }));
  controller.abort("enough");
  expect(await call).toBe("enough");
});

test.each([undefined, null, {}, "response", { status: "200" }, { status: 200 }])(
  "a middleware that resolves to %j is named",
  async (response) => {
    const layer = (async () => response) as unknown as Middleware;
    const client = clientOf({
      middleware: [(request: never, next: (request: never) => never) => next(request), layer],
    });
    expect(await failureOf(client.request(read))).toMatchObject({
      code: "INVALID_RESPONSE",
      message: expect.stringMatching(/^middleware\[1\] must resolve to a response/),
    });
  },
);

test("a middleware that throws synchronously rejects the call", async () => {
  const layer = (() => {
    throw new Error("broken layer");
  }) as unknown as Middleware;
  expect((await failureOf(clientOf({ middleware: [layer] }).request(read))).message).toBe("broken layer");
});

test("many that wait for one login each get an error of their own, and so do those that come later", async () => {
  const { siteUrl } = await startAnswering(() => ({
    status: 401,
    body: { statusCode: 401, message: "Invalid credentials", error: "UnauthorizedError" },
  }));
  const client = createClient({
    siteUrl,
    clock: jumpingClock(),
    auth: {
      name: "x",
      login: ({ http }) => http.request({ method: "POST", path: "/api/login", body: {} }),
    },
  });
  const errors = await Promise.all(Array.from({ length: 5 }, () => failureOf(client.request(read))));
  errors.push(await failureOf(client.request(read)));
  (errors[0] as Error).message = "changed";
  expect(new Set(errors).size).toBe(6);
  for (const error of errors.slice(1)) {
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      statusCode: 401,
      message: expect.stringContaining("Invalid"),
    });
  }
});

test("an inherited property of a request, an option or a header steers nothing", async () => {
  const sent: { method: string; headers: object }[] = [];
  const planted: Record<string, unknown> = {
    readOnly: true,
    idempotent: true,
    headers: { "x-planted": "1" },
    timeout: "nonsense",
    signal: AbortSignal.abort("planted"),
    query: { planted: 1 },
    fullResponse: true,
    expect: { planted: "string" },
    maxConcurrent: -1,
    maxResponseSize: 1,
    retry: false,
    "if-none-match": "planted",
  };
  for (const [name, value] of Object.entries(planted)) {
    sent.length = 0;
    const transport: Transport = async ({ method, headers, url }) => {
      sent.push({ method, headers: { ...headers } });
      expect(url).not.toContain("planted");
      return {
        status: 503,
        headers: {},
        body: JSON.stringify({ statusCode: 503, error: "Later", message: "later" }),
      };
    };
    Object.defineProperty(Object.prototype, name, {
      value,
      configurable: true,
      enumerable: false,
      writable: true,
    });
    let error: { readonly code: string };
    try {
      const client = clientOf({ transport, clock: jumpingClock() });
      error = await failureOf(client.request({ method: "POST", path: "/api/x", body: { a: 1 } }));
    } finally {
      delete (Object.prototype as Record<string, unknown>)[name];
    }
    expect(error).toMatchObject({ code: "SERVER_ERROR" });
    expect(sent).toHaveLength(1);
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain("x-planted");
  }
});
