import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, warningsOf } from "#test-kit";
import type { CacheStore } from "../src/index.ts";
import { memoryStore, minute, startShared, written } from "./start-shared.ts";

const never = () => new Promise<never>(() => undefined);
const refuse = async () =>
  Promise.reject(Object.assign(new Error("redis://:hunter2@host"), { code: "ECONNREFUSED" }));
const explode = () => {
  throw new Error("value-1");
};

function watchRejections() {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  onTestFinished(() => void process.off("unhandledRejection", unhandled));
  return async () => {
    await new Promise((resolve) => setTimeout(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  };
}

/** Stores that fail in every way. */
const broken: [string, CacheStore][] = [
  ["never answers", { get: never, set: never, delete: never, setIfAbsent: never }],
  ["rejects", { get: refuse, set: refuse, delete: refuse, setIfAbsent: refuse }],
  ["throws", { get: explode, set: explode, delete: explode }],
  [
    "rejects with undefined",
    { get: () => Promise.reject(), set: () => Promise.reject(), delete: () => Promise.reject() },
  ],
  [
    "throws what cannot be looked at",
    {
      get: () => {
        throw new Proxy({}, { get: explode });
      },
      set: explode,
      delete: explode,
    },
  ],
  ["cannot write", { ...memoryStore(), set: refuse, setIfAbsent: refuse }],
  ["cannot read", { ...memoryStore(), get: refuse }],
  ["never ends a write", { ...memoryStore(), set: never, delete: never }],
];

test.each(broken)("a store that %s costs nobody a value, and the process nothing", async (_, store) => {
  const settled = watchRejections();
  const { server, join, location, sent } = await startShared({ store, storeTimeout: 50, staleIfError: "1h" });
  const { client, get, reads } = join();
  expect(await Promise.all([get(), get()])).toEqual(["value-1", "value-1"]);
  await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
  expect(await get()).toBe("value-2");
  reads.invalidate(location);
  server.clock.advance(minute);
  server.secrets.set({ environment: "dev", key: "A", value: "value-3" });
  expect(await get()).toBe("value-3");
  expect(await get()).toBe("value-3");
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 403 });
  expect((await failureOf(get())).code).toBe("FORBIDDEN");
  expect(await get()).toBe("value-3");
  reads.clear();
  await client.close();
  expect(sent()).toBe(5);
  await settled();
});

/** What a store may contain; made late, because long texts would be printed. */
const odd: [string, () => unknown][] = [
  ["a number", () => 1],
  ["an object", () => ({ toString: () => "infisical-cache-1.a.b" })],
  ["bytes", () => new Uint8Array(8)],
  ["an empty text", () => ""],
  ["half of the form", () => "infisical-cache-1."],
  ["text that is not base64", () => "infisical-cache-1.§§§.§§§"],
  ["another version", () => "infisical-cache-2.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA"],
  ["100 MB", () => "x".repeat(100e6)],
  ["100 MB in the form", () => `infisical-cache-1.${"A".repeat(100e6)}`],
  ["20 MB in the form", () => `infisical-cache-1.AAAAAAAAAAAAAAAA.${"A".repeat(20e6)}`],
  ["many dots", () => ".".repeat(1e6)],
];

test.each(odd)("%s in a store is a miss, told once", async (_, make) => {
  const text = make();
  const settled = watchRejections();
  const warnings = warningsOf();
  const store = { get: () => text, set: () => undefined, delete: () => undefined };
  const { join, client: admin, location } = await startShared({ store });
  const { client, get, reads } = join();
  expect(await get()).toBe("value-1");
  await client.secrets().listSecrets(location);
  await admin.close();
  expect(reads.stats()).toMatchObject({ storeHits: 0, requests: 2, storeFailures: 0 });
  expect(reads.stats().storeUnreadable).toBeGreaterThanOrEqual(2);
  await settled();
  expect(warnings).toHaveLength(1);
});

test("failures are told once, without what the store said", async () => {
  const warnings = warningsOf();
  const store = { get: refuse, set: refuse, delete: refuse };
  const { server, join } = await startShared({ store });
  const { get, reads } = join();
  await get();
  server.clock.advance(minute);
  await get();
  expect(reads.stats().storeFailures).toBeGreaterThanOrEqual(2);
  await new Promise((resolve) => setTimeout(resolve));
  expect(warnings).toHaveLength(1);
  expect(String(warnings)).toContain("(ECONNREFUSED)");
  expect(String(warnings)).not.toContain("hunter2");
});

test("after three failures in a row the store is left alone for ten times the limit", async () => {
  let asked = 0;
  const get = async () => {
    asked += 1;
    throw new Error("away");
  };
  const { server, join } = await startShared({
    store: { get, set: refuse, delete: refuse },
    storeTimeout: 1000,
  });
  const { client } = join();
  const read = (path: string) => client.request({ method: "GET", path }).catch(() => undefined);
  for (const path of ["/api/1", "/api/2", "/api/3"]) await read(path);
  const before = asked;
  await read("/api/4");
  expect(asked).toBe(before);
  server.clock.advance(10_000);
  await read("/api/5");
  expect(asked).toBeGreaterThan(before);
});

test("what this process dropped is not read from a store that could not be told, until it is", async () => {
  const store = memoryStore();
  let isDown = false;
  const guarded = {
    ...store,
    set: (...given: Parameters<CacheStore["set"]>) => (isDown ? refuse() : store.set(...given)),
  };
  const { server, fill, join } = await startShared({ store: guarded, storeTimeout: 1000 });
  const { reads, get } = await fill();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  isDown = true;
  reads.clear();
  expect(await get()).toBe("value-2");
  expect(await join().get()).toBe("value-1");
  isDown = false;
  server.clock.advance(minute);
  expect(await get()).toBe("value-2");
  await written(reads, 2);
  expect(await join().get()).toBe("value-2");
});

test("a refused read that the store could not be told is not read there either", async () => {
  const store = memoryStore();
  const { server, fill, join } = await startShared({
    store: { ...store, delete: refuse },
    storeTimeout: 1000,
  });
  const { get } = await fill();
  const other = join();
  await other.get();
  server.clock.advance(minute / 2);
  server.fail({ method: "GET" }, { status: 403 });
  other.reads.clear();
  expect((await failureOf(other.get())).code).toBe("FORBIDDEN");
  server.fail({ method: "GET" }, { status: 404 });
  expect((await failureOf(other.get())).code).toBe("NOT_FOUND");
  expect(await get()).toBe("value-1");
});

const otherBodies: [string, unknown][] = [
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["a number that JSON does not have", Number.POSITIVE_INFINITY],
  ["undefined in a field", { a: undefined }],
  ["a list with a hole", new Array(1)],
  [
    "an instance",
    new (class Point {
      readonly x = 1;
    })(),
  ],
  [
    "itself",
    (() => {
      const body: { self?: unknown } = {};
      body.self = body;
      return body;
    })(),
  ],
];

test.each(otherBodies)("a body that contains %s is in memory only, and as it was", async (_, body) => {
  const answer = async () => ({ status: 200, headers: {}, body: { body } });
  const { join, store } = await startShared();
  const { client } = join({ inside: [answer] });
  expect(await client.request({ method: "GET", path: "/api/a" })).toEqual({ body });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(store.entries()).toEqual([]);
});

test("names that objects inherit come back as they were", async () => {
  const body = JSON.parse(
    '{"__proto__":{"a":1},"constructor":"b","toString":null,"deep":[[[{}]]],"text":"\\ud800 \\u2028 é"}',
  );
  const answer = async () => ({ status: 200, headers: { "x-a": "b" }, body });
  const { join } = await startShared();
  const first = join({ inside: [answer] });
  await first.client.request({ method: "GET", path: "/api/a" });
  await written(first.reads);
  const second = join();
  const read = await second.client.request({ method: "GET", path: "/api/a", fullResponse: true });
  expect(JSON.stringify(read)).toBe(JSON.stringify({ status: 200, headers: { "x-a": "b" }, body }));
  expect(second.reads.stats().storeHits).toBe(1);
  expect(Object.isFrozen((read as { body: object }).body)).toBe(true);
});
