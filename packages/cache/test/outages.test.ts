import { inspect } from "node:util";
import { type InfisicalErrorCode, InfisicalSDKRequestError, type Middleware } from "@infisical/core";
import type { Failure } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import type { StaleIfErrorEvent } from "../src/index.ts";
import { startCached, statuses, tokenLifetime } from "./start-cached.ts";

const minute = 60_000;
const outages: [string, Failure, string][] = [
  ["a 500", { status: 500 }, "SERVER_ERROR"],
  ["a 503", { status: 503 }, "SERVER_ERROR"],
  ["a rate limit", { rateLimit: { retryAfter: 1 } }, "RATE_LIMITED"],
  ["an older server's rate limit", { rateLimit: { retryAfter: 1, legacy: true } }, "RATE_LIMITED"],
  ["a dropped connection", { drop: "before" }, "CONNECTION_LOST"],
];

/** Responses that do not come from the API. */
const strangers: [string, Failure][] = [
  ["a page with status 200", { garbage: true }],
  [
    "a page with status 404",
    { status: 404, headers: { "content-type": "text/html" }, body: "<h1>Down</h1>" },
  ],
  [
    "a page with status 502",
    { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Down</h1>" },
  ],
  ["a redirect to a page", { redirect: "https://maintenance.test/" }],
  ["half of a response", { truncate: "body" }],
  ["JSON of something else", { status: 200, body: { hello: "world" } }],
];

test("an outage of the server is invisible during staleIfError, and an error after it", async () => {
  const { server, siteUrl, reads, get } = await startCached({ cache: { staleIfError: "1h" } });
  await get();
  await server.close();
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  server.clock.advance(60 * minute - 1);
  expect(await get()).toBe("value-1");
  server.clock.advance(1);
  expect((await failureOf(get())).code).toBe("UNREACHABLE");
  expect(reads.stats()).toMatchObject({ staleIfError: 2, entries: 1 });
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  await server.listen({ port: Number(new URL(siteUrl).port) });
  expect(await get()).toBe("value-2");
});

test.each(outages)("during staleIfError %s is invisible, and reported", async (_, failure, code) => {
  const onStaleIfError = vi.fn<(event: StaleIfErrorEvent) => void>();
  const { server, reads, get } = await startCached({ cache: { staleIfError: "1h", onStaleIfError } });
  await get();
  server.clock.advance(minute + 1);
  server.fail({ method: "GET" }, failure);
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ staleIfError: 1, requests: 2 });
  const event = onStaleIfError.mock.calls[0]?.[0];
  expect(event).toMatchObject({ path: "/api/v3/secrets/raw/A", age: minute + 1, error: { code } });
  expect(inspect(event, { depth: null, showHidden: true })).not.toContain("value-1");
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ staleIfError: 1, requests: 3 });
});

/** The codes themselves, whatever responses core maps to them. */
const inPlaceOfTheApi = ["GATEWAY_ERROR", "REDIRECTED", "INVALID_RESPONSE"] as const;
const refusals = [
  "UNAUTHORIZED",
  "AUTH_FAILED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_REQUEST",
  "CONFLICT",
] as const;

/** A middleware that fails on demand. */
function failing() {
  const next: { code?: InfisicalErrorCode; statusCode?: number | undefined } = {};
  const fail: Middleware = async (request, send) => {
    const { code, statusCode } = next;
    if (!code) return send(request);
    const { method, path: url } = request;
    throw new InfisicalSDKRequestError("No.", { code, method, url, statusCode });
  };
  return { next, fail };
}

test.each(inPlaceOfTheApi)("%s is an outage with any status, and drops nothing", async (code) => {
  const { next, fail } = failing();
  const { server, reads, get } = await startCached({ cache: { staleIfError: "1h" }, inside: [fail] });
  await get();
  server.clock.advance(minute);
  for (const statusCode of [200, 302, 403, 404, 502, undefined]) {
    Object.assign(next, { code, statusCode });
    expect(await get()).toBe("value-1");
  }
  expect(reads.stats()).toMatchObject({ entries: 1, staleIfError: 6 });
});

test.each(refusals)("%s is not an outage, whatever the status, and drops what is kept", async (code) => {
  for (const statusCode of [400, 403, 500, undefined]) {
    const { next, fail } = failing();
    const { server, reads, get } = await startCached({ cache: { staleIfError: "1h" }, inside: [fail] });
    await get();
    server.clock.advance(minute);
    Object.assign(next, { code, statusCode });
    expect((await failureOf(get())).code).toBe(code);
    expect(reads.stats()).toMatchObject({ entries: 0, staleIfError: 0 });
  }
});

test.each(strangers)(
  "%s in an outage is invisible, and drops nothing that a later 503 needs",
  async (_, failure) => {
    const { server, reads, get } = await startCached({ cache: { staleIfError: "1h" } });
    await get();
    server.clock.advance(minute);
    server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
    server.fail({ method: "GET" }, failure);
    expect(await get()).toBe("value-1");
    server.fail({ method: "GET" }, { status: 503 });
    expect(await get()).toBe("value-1");
    expect(reads.stats()).toMatchObject({ entries: 1, staleIfError: 2 });
  },
);

test("a response that does not arrive in time is an outage too", async () => {
  const { server, client, location, get } = await startCached({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { stall: "body" });
  expect((await client.secrets().getSecret({ ...location, secretName: "A", timeout: 50 })).secretValue).toBe(
    "value-1",
  );
});

test("an outage of the login is invisible too", async () => {
  const { server, reads, get } = await startCached({ cache: { staleIfError: "365d" } });
  await get();
  server.clock.advance(tokenLifetime * 1000);
  server.fail({ method: "POST", path: /login$/ }, { status: 503 });
  expect(await get()).toBe("value-1");
  expect(reads.stats().staleIfError).toBe(1);
});

test("without staleIfError an outage is an error", async () => {
  const { server, get } = await startCached();
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test.each([401, 403, 404])(
  "after a %i the old value never stands in, not for that nor for a later outage",
  async (status) => {
    const { server, reads, get } = await startCached({ cache: { staleIfError: "1h" } });
    await get();
    server.clock.advance(minute);
    server.fail({ method: "GET", times: status === 401 ? 2 : 1 }, { status });
    expect((await failureOf(get())).statusCode).toBe(status);
    server.fail({ method: "GET" }, { status: 503 });
    expect((await failureOf(get())).statusCode).toBe(503);
    expect(reads.stats()).toMatchObject({ entries: 0, staleIfError: 0 });
  },
);

test.each([401, 403, 500, 503])(
  "a refused token is not an outage, when the new login is answered with %i",
  async (status) => {
    const { server, reads, get } = await startCached({ cache: { staleIfError: "1h" } });
    await get();
    server.clock.advance(minute);
    server.tokens.revoke();
    server.fail({ method: "POST", path: /login$/ }, { status });
    expect(["UNAUTHORIZED", "AUTH_FAILED"]).toContain((await failureOf(get())).code);
    expect(reads.stats()).toMatchObject({ entries: 0, staleIfError: 0 });
  },
);

test("a refused login is not an outage", async () => {
  const { server, get } = await startCached({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.tokens.revoke();
  server.fail({ method: "POST", path: /login$/ }, { status: 401 });
  expect((await failureOf(get())).code).toBe("AUTH_FAILED");
});

test("a call that its caller aborts does not drop the value that can be served instead", async () => {
  const { server, get } = await startCached({ cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { stall: "headers" });
  const controller = new AbortController();
  const call = failureOf(get(controller.signal));
  await expect.poll(() => statuses(server)).toHaveLength(2);
  controller.abort(new Error("enough"));
  expect(await call).toEqual(new Error("enough"));
  server.fail({ method: "GET" }, { status: 503 });
  expect(await get()).toBe("value-1");
});

const callbacks: [string, () => unknown][] = [
  [
    "throws",
    () => {
      throw new Error("the log is full");
    },
  ],
  ["rejects", async () => Promise.reject(new Error("the log is away"))],
  ["never settles", () => new Promise(() => undefined)],
  [
    "returns a thenable that throws",
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: the test is about it.
      then() {
        throw new Error("not a promise after all");
      },
    }),
  ],
  [
    "returns what throws when it is looked at",
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: the test is about it.
      get then(): never {
        throw new Error("do not look");
      },
    }),
  ],
  [
    "returns a thenable that rejects",
    // biome-ignore lint/suspicious/noThenProperty: the test is about it.
    () => ({ then: (_: unknown, reject: (e: Error) => void) => reject(new Error()) }),
  ],
];

test.each(callbacks)(
  "a callback that %s costs nobody the value, and the process nothing",
  async (_, callback) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    // Not a mock, which would handle the rejection itself.
    let calls = 0;
    const onStaleIfError = (): unknown => {
      calls += 1;
      return callback();
    };
    const { server, get } = await startCached({ cache: { staleIfError: "1h", onStaleIfError } });
    await get();
    server.clock.advance(minute);
    server.fail({ method: "GET", times: 2 }, { status: 503 });
    expect(await Promise.all([get(), get()])).toEqual(["value-1", "value-1"]);
    expect(await get()).toBe("value-1");
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toBe(3);
    expect(unhandled).not.toHaveBeenCalled();
  },
);

test("a callback can change its event, or clear the cache: the callers get their values", async () => {
  const onStaleIfError = (event: StaleIfErrorEvent): void => {
    Object.assign(event.error, { code: "NOT_FOUND" });
    reads.clear();
  };
  const { server, reads, get } = await startCached({ cache: { staleIfError: "1h", onStaleIfError } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect(await Promise.all([get(), get()])).toEqual(["value-1", "value-1"]);
  expect(reads.stats().entries).toBe(0);
});
