import type { Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf, getValue, start, statuses } from "./support.ts";

const minute = 60_000;

test("within its ttl a read is answered from memory", async () => {
  const { server, reads, get } = await start();
  expect(await get()).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute - 1);
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([200]);
  expect(reads.stats()).toMatchObject({ entries: 1, hits: 1, requests: 1 });
});

test("after its ttl a read sees what has changed", async () => {
  const { server, get } = await start();
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute);
  expect(await get()).toBe("value-2");
  expect(statuses(server)).toEqual([200, 200]);
});

test("after its ttl a response that still holds is not sent again, and holds for another ttl", async () => {
  const { server, client, reads, place } = await start();
  const first = await client.secrets().listSecrets(place);
  server.clock.advance(minute);
  expect(await client.secrets().listSecrets(place)).toEqual(first);
  server.clock.advance(minute - 1);
  expect(await client.secrets().listSecrets(place)).toEqual(first);
  expect(statuses(server)).toEqual([200, 304]);
  const [asked, askedAgain] = server.requests.filter(({ method }) => method === "GET");
  expect(asked?.headers).not.toHaveProperty("if-none-match");
  expect(askedAgain?.headers["if-none-match"]).toMatch(/^".+"$/);
  expect(reads.stats()).toMatchObject({ requests: 2, notModified: 1, hits: 1 });
});

test("without a tag from the server a response is fetched anew", async () => {
  const withoutTag: Middleware = async (request, next) => ({
    ...(await next(request)),
    headers: {},
  });
  const { server, get } = await start({ inside: [withoutTag] });
  await get();
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([200, 200]);
  expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
});

test("staleWhileRevalidate gives the old value at once, and the new one next time", async () => {
  const { server, reads, get } = await start({ cache: { staleWhileRevalidate: "30s" } });
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

test("the caller that got the old value may go: the new one is fetched all the same", async () => {
  const { server, client, reads, get } = await start({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.clock.advance(minute);
  server.fail({ method: "GET" }, { delay: 1000 });
  const controller = new AbortController();
  await getValue(client, server, controller.signal);
  await expect.poll(() => statuses(server)).toHaveLength(2);
  controller.abort();
  server.clock.advance(1000);
  await expect.poll(() => reads.stats().notModified).toBe(1);
});

test("after staleWhileRevalidate a read waits for the new value", async () => {
  const { server, get } = await start({ cache: { staleWhileRevalidate: "30s" } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(minute + 30_000);
  expect(await get()).toBe("value-2");
});

test("a failure behind staleWhileRevalidate is tried again, a refusal ends it", async () => {
  const { server, reads, get } = await start({ cache: { staleWhileRevalidate: "30s" } });
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

test("a process that was frozen and wakes up gives out nothing older than promised", async () => {
  const { server, get } = await start({ cache: { staleWhileRevalidate: "30s", staleIfError: "10m" } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  server.clock.advance(60 * minute);
  expect(await get()).toBe("value-2");
  server.clock.advance(60 * minute);
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test("a response counts from when it was asked for, however long the process was frozen meanwhile", async () => {
  const { server, get } = await start();
  server.fail({ method: "GET" }, { delay: minute });
  const slow = get();
  await expect.poll(() => statuses(server)).toEqual([undefined]);
  server.clock.advance(minute);
  expect(await slow).toBe("value-1");
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await get()).toBe("value-2");
});

test("a read does not join a request that was under way for longer than ttl", async () => {
  const { server, reads, client, get } = await start();
  server.fail({ method: "GET" }, { stall: "headers" });
  const controller = new AbortController();
  const stalled = failureOf(getValue(client, server, controller.signal));
  await expect.poll(() => statuses(server)).toHaveLength(1);
  server.clock.advance(minute);
  expect(await get()).toBe("value-1");
  controller.abort(new Error("enough"));
  expect(await stalled).toEqual(new Error("enough"));
  expect(await get()).toBe("value-1");
  expect(reads.stats()).toMatchObject({ requests: 2, joined: 0, hits: 1 });
});

test("what was read in the future is not trusted: the clock was set back", async () => {
  let now = Date.now();
  const { server, get } = await start({ cache: { clock: { now: () => now } } });
  await get();
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  now -= 1;
  expect(await get()).toBe("value-2");
  await get();
  expect(statuses(server)).toEqual([200, 200]);
});

test("a slower response does not replace one that was asked for later", async () => {
  const { server, client, place, get } = await start();
  const patient = { ...place, secretName: "A", timeout: "5m" };
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
