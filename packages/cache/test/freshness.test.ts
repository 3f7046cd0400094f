import type { Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { startCached, statuses } from "./start-cached.ts";

const minute = 60_000;

test("within ttl a read is answered from memory", async () => {
  const { server, reads, get } = await startCached();
  expect(await get()).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute - 1);
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([200]);
  expect(reads.stats()).toMatchObject({ entries: 1, hits: 1, requests: 1 });
});

test("after ttl a read sees what has changed", async () => {
  const { server, get } = await startCached();
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute);
  expect(await get()).toBe("value-2");
  expect(statuses(server)).toEqual([200, 200]);
});

test("after ttl a response that is still valid is not sent again, and is kept for another ttl", async () => {
  const { server, client, reads, location } = await startCached();
  const first = await client.secrets().listSecrets(location);
  server.clock.advance(minute);
  expect(await client.secrets().listSecrets(location)).toEqual(first);
  server.clock.advance(minute - 1);
  expect(await client.secrets().listSecrets(location)).toEqual(first);
  expect(statuses(server)).toEqual([200, 304]);
  const [asked, askedAgain] = server.requests.filter(({ method }) => method === "GET");
  expect(asked?.headers).not.toHaveProperty("if-none-match");
  expect(askedAgain?.headers["if-none-match"]).toMatch(/^".+"$/);
  expect(reads.stats()).toMatchObject({ requests: 2, notModified: 1, hits: 1 });
});

test("without an etag from the server a response is fetched again", async () => {
  const withoutTag: Middleware = async (request, next) => ({
    ...(await next(request)),
    headers: {},
  });
  const { server, get } = await startCached({ inside: [withoutTag] });
  await get();
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([200, 200]);
  expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
});

test("staleWhileRevalidate returns the old value immediately, and the new one next time", async () => {
  const { server, reads, get } = await startCached({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute + 29_999);
  server.fail({ method: "GET" }, { delay: 1000 });
  expect(await Promise.all([get(), get()])).toEqual(["value-1", "value-1"]);
  await expect.poll(() => statuses(server)).toHaveLength(2);
  server.clock.advance(1000);
  await expect.poll(get).toBe("value-2");
  expect(statuses(server)).toEqual([200, 200]);
  expect(reads.stats()).toMatchObject({ requests: 2, staleIfError: 0 });
  expect(reads.stats().staleWhileRevalidate).toBeGreaterThanOrEqual(2);
});

test("the new value is fetched even if the caller that got the old one aborts", async () => {
  const { server, reads, get } = await startCached({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { delay: 1000 });
  const controller = new AbortController();
  await get(controller.signal);
  await expect.poll(() => statuses(server)).toHaveLength(2);
  controller.abort();
  server.clock.advance(1000);
  await expect.poll(() => reads.stats().notModified).toBe(1);
});

test("after staleWhileRevalidate a read waits for the new value", async () => {
  const { server, get } = await startCached({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute + 30_000);
  expect(await get()).toBe("value-2");
});

test("a failure during staleWhileRevalidate is retried, a refusal ends it", async () => {
  const { server, reads, get } = await startCached({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect(await get()).toBe("value-1");
  await expect.poll(() => statuses(server)).toEqual([200, 503]);
  server.secrets.delete({ environment: "dev", key: "A" });
  await expect
    .poll(async () => [await get().catch(({ code }) => code), statuses(server)[2]])
    .toEqual(["NOT_FOUND", 404]);
  expect(reads.stats().entries).toBe(0);
});

test("a process that was frozen serves nothing older than promised", async () => {
  const { server, get } = await startCached({ cache: { staleWhileRevalidate: "30s", staleIfError: "10m" } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(60 * minute);
  expect(await get()).toBe("value-2");
  server.clock.advance(60 * minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test("the age of a response counts from its request, even if the process was frozen in between", async () => {
  const { server, get } = await startCached();
  server.fail({ method: "GET" }, { delay: minute });
  const slow = get();
  await expect.poll(() => statuses(server)).toEqual([undefined]);
  server.clock.advance(minute);
  expect(await slow).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("a read does not join a request that has been in flight for longer than ttl", async () => {
  const { server, reads, get } = await startCached();
  server.fail({ method: "GET" }, { stall: "headers" });
  const controller = new AbortController();
  const stalled = failureOf(get(controller.signal));
  await expect.poll(() => statuses(server)).toHaveLength(1);
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  controller.abort(new Error("enough"));
  expect(await stalled).toEqual(new Error("enough"));
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ requests: 2, joined: 0, hits: 1 });
});

test("after the clock was set back, responses dated in the future are not served", async () => {
  let now = Date.now();
  const { server, get } = await startCached({ cache: { clock: { now: () => now } } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  now -= 1;
  expect(await get()).toBe("value-2");
  await get();
  expect(statuses(server)).toEqual([200, 200]);
});

test("a slow response does not replace one that was requested later", async () => {
  const { server, client, location, get } = await startCached();
  const patient = { ...location, secretName: "A", timeout: "5m" };
  server.fail({ method: "GET" }, { delay: 10_000 });
  const slow = client.secrets().getSecret(patient);
  await expect.poll(() => statuses(server)).toHaveLength(1);
  server.clock.advance(9999);
  await get();
  server.clock.advance(1);
  await slow;
  server.clock.advance(minute - 10_000);
  await get();
  expect(statuses(server)).toEqual([200, 200]);
});
