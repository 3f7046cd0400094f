import type { ClientEvent } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { startCached } from "./start-cached.ts";

/** The cache's own events. */
function cacheEvents() {
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent): void => {
    if (/^(?:cache|stale)-/.test(event.type)) events.push(event);
  };
  return { events, onEvent };
}

test("a hit is an event of the call with the age of the response, and a read that is sent is none", async () => {
  const { events, onEvent } = cacheEvents();
  const { server, get } = await startCached({ onEvent });
  await get();
  expect(events).toEqual([]);
  server.clock.advance(59_000);
  await get();
  expect(events).toMatchObject([{ type: "cache-hit", operation: "secrets.getSecret", age: 59_000 }]);
});

test("an old response that is served while a new one is fetched says so", async () => {
  const { events, onEvent } = cacheEvents();
  const { server, get } = await startCached({ onEvent, cache: { staleWhileRevalidate: "1m" } });
  await get();
  server.clock.advance(90_000);
  await get();
  expect(events).toMatchObject([{ type: "stale-served", reason: "revalidating", age: 90_000 }]);
});

test("an old response that is served because of a failure says which", async () => {
  const { events, onEvent } = cacheEvents();
  const { server, get } = await startCached({ onEvent, cache: { staleIfError: "1h" } });
  await get();
  server.clock.advance(300_000);
  server.fail({ method: "GET" }, { status: 503 });
  await get();
  expect(events).toMatchObject([
    { type: "stale-served", reason: "failed", code: "SERVER_ERROR", age: 300_000 },
  ]);
});

test("an old response that is too old is not served, and not told", async () => {
  const { events, onEvent } = cacheEvents();
  const { server, get } = await startCached({ onEvent, cache: { staleIfError: "1m" } });
  await get();
  server.clock.advance(120_000);
  server.fail({ method: "GET" }, { status: 503 });
  await failureOf(get());
  expect(events).toEqual([]);
});

test("a call that the cache answers sent no request, and one that joins another neither", async () => {
  const ended: unknown[] = [];
  const { get } = await startCached({
    onEvent: (event) => {
      if (event.type === "call-ended") ended.push(event.attempts);
    },
  });
  await Promise.all([get(), get()]);
  await get();
  expect(ended.sort()).toEqual([0, 0, 1]);
});

test("each caller of a shared request that fails has its own function in the stack", async () => {
  const { server, get } = await startCached();
  server.fail({ method: "GET" }, { status: 403, body: { error: "PermissionDenied", message: "No" } });
  async function firstReader(): Promise<string> {
    return await get();
  }
  async function secondReader(): Promise<string> {
    return await get();
  }
  const [first, second] = await Promise.all([failureOf(firstReader()), failureOf(secondReader())]);
  expect(first?.stack).toContain("firstReader");
  expect(second?.stack).toContain("secondReader");
});
