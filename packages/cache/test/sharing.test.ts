import { getEventListeners } from "node:events";
import { InfisicalSDKRequestError, type Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf, warningsOf } from "#test-kit";
import { startCached, statuses } from "./start-cached.ts";

/** Records the signals of the requests that the cache sends. */
function noting(): { signals: (AbortSignal | undefined)[]; note: Middleware } {
  const signals: (AbortSignal | undefined)[] = [];
  const note: Middleware = (request, next) => {
    signals.push(request.signal);
    return next(request);
  };
  return { signals, note };
}

test("1,000 concurrent identical reads make one request", async () => {
  const { server, reads, get } = await startCached();
  const values = await Promise.all(Array.from({ length: 1000 }, get));
  expect(new Set(values)).toEqual(new Set(["value-1"]));
  expect(statuses(server)).toEqual([200]);
  expect(reads.stats()).toMatchObject({ requests: 1, joined: 999, hits: 0, notModified: 0 });
});

test("a failure of a shared request reaches every caller, and is not kept", async () => {
  const { server, get } = await startCached();
  server.fail({ method: "GET" }, { status: 503 });
  const failures = await Promise.all([failureOf(get()), failureOf(get())]);
  expect(failures.map(({ statusCode }) => statusCode)).toEqual([503, 503]);
  expect(await get()).toBe("value-1");
  expect(statuses(server)).toEqual([503, 200]);
});

test("each caller gets its own error object when a shared request fails", async () => {
  const { server, get } = await startCached();
  server.fail(
    { method: "GET" },
    { status: 403, body: { message: "No", error: "PermissionDenied", details: [{ action: "read" }] } },
  );
  const [one, other] = await Promise.all([failureOf(get()), failureOf(get())]);
  expect(statuses(server)).toEqual([403]);
  expect(one).not.toBe(other);
  expect(one).toBeInstanceOf(InfisicalSDKRequestError);
  expect({ ...one }).toEqual({ ...other });
  expect([one?.message, one?.text]).toEqual([other?.message, other?.text]);
  Object.assign(one ?? {}, { code: "NOT_FOUND", message: "mine" });
  Object.assign((one?.details as object[])?.[0] ?? {}, { action: "edit" });
  expect(other).toMatchObject({ code: "FORBIDDEN", details: [{ action: "read" }] });
  expect(other?.message).toContain("No");
});

test("300 concurrent reads with one signal print no warning, and leave no listener on it", async () => {
  const warnings = warningsOf();
  const { server, client, location, reads, get } = await startCached();
  for (let index = 0; index < 300; index += 1)
    server.secrets.set({ environment: "dev", key: `K${index}`, value: "v" });
  const { signal } = new AbortController();
  const read = (index: number) =>
    client.secrets().getSecret({ ...location, secretName: `K${index}`, signal });
  const sameKey = () => get(signal);
  await Promise.all(Array.from({ length: 300 }, (_, index) => Promise.all([read(index), sameKey()])));
  server.fail({ method: "GET" }, { status: 503 });
  reads.clear();
  await Promise.allSettled(Array.from({ length: 300 }, sameKey));
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("one signal ends the wait of all its callers, and of no others", async () => {
  const { server, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 1000 });
  const controller = new AbortController();
  const mine = Array.from({ length: 20 }, () => failureOf(get(controller.signal)));
  const other = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(new Set(await Promise.all(mine))).toEqual(new Set([reason]));
  server.clock.advance(1000);
  expect(await other).toBe("value-1");
});

test("a signal without a reason, as in old polyfills, ends a wait with an AbortError", async () => {
  const { server, get } = await startCached();
  const target = Object.assign(new EventTarget(), { aborted: false }) as unknown as AbortSignal;
  server.fail({ method: "GET" }, { stall: "headers" });
  const call = failureOf(get(target));
  await expect.poll(() => statuses(server)).toHaveLength(1);
  Object.assign(target, { aborted: true });
  target.dispatchEvent(new Event("abort"));
  expect(await call).toMatchObject({ name: "AbortError" });
  expect(await failureOf(get(target))).toMatchObject({ name: "AbortError" });
});

test("a caller's signal ends only its own wait", async () => {
  const { signals, note } = noting();
  const { server, get } = await startCached({ inside: [note] });
  server.fail({ method: "GET" }, { delay: 1000 });
  const controller = new AbortController();
  const first = failureOf(get(controller.signal));
  const second = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await first).toBe(reason);
  expect(signals[0]?.aborted).toBe(false);
  server.clock.advance(1000);
  expect(await second).toBe("value-1");
  expect(statuses(server)).toEqual([200]);
});

test("a shared request is aborted when nobody waits any more, and the next read sends its own", async () => {
  const { signals, note } = noting();
  const { server, get } = await startCached({ inside: [note] });
  server.fail({ method: "GET" }, { stall: "headers" });
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal }) => failureOf(get(signal)));
  await expect.poll(() => statuses(server)).toHaveLength(1);
  controllers[0]?.abort();
  expect(signals[0]?.aborted).toBe(false);
  controllers[1]?.abort();
  expect(signals[0]?.aborted).toBe(true);
  expect(await get()).toBe("value-1");
  expect((await Promise.all(calls)).map(({ name }) => name)).toEqual(["AbortError", "AbortError"]);
  expect(signals).toHaveLength(2);
});

test("the end of a request that took longer than the ttl leaves the newer one, which later reads still join", async () => {
  const { server, get } = await startCached();
  server.fail({ method: "GET" }, { delay: 90_000 });
  const old = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  server.clock.advance(60_000);
  server.fail({ method: "GET" }, { delay: 90_000 });
  const newer = get();
  await expect.poll(() => statuses(server)).toHaveLength(2);
  server.clock.advance(30_000);
  await old;
  server.clock.advance(1000);
  const joining = get();
  server.clock.advance(59_000);
  await Promise.all([newer, joining]);
  expect(statuses(server)).toEqual([200, 200]);
});

test("a refetch in the background goes on for one who joined it while another gives up", async () => {
  const { server, get } = await startCached({ cache: { staleWhileRevalidate: "10s" } });
  await get();
  server.clock.advance(60_000);
  server.fail({ method: "GET" }, { delay: 30_000 });
  expect(await get()).toBe("value-1");
  await expect.poll(() => statuses(server)).toHaveLength(2);
  server.clock.advance(10_000);
  const controller = new AbortController();
  const impatient = failureOf(get(controller.signal));
  const patient = get(new AbortController().signal);
  controller.abort("enough");
  expect(await impatient).toBe("enough");
  server.clock.advance(20_000);
  expect(await patient).toBe("value-1");
  expect(statuses(server)).toEqual([200, 304]);
});

test("a read whose signal is already aborted is not answered, not even from memory", async () => {
  const { get } = await startCached();
  await get();
  const reason = new Error("enough");
  expect(await failureOf(get(AbortSignal.abort(reason)))).toBe(reason);
});

test("a caller's timeout ends only its own attempt", async () => {
  const { server, client, location, get } = await startCached();
  server.fail({ method: "GET", times: 2 }, { delay: 60_000 });
  const patient = get();
  await expect.poll(() => statuses(server)).toHaveLength(1);
  const hasty = failureOf(client.secrets().getSecret({ ...location, secretName: "A", timeout: 50 }));
  expect(["TIMEOUT", "UNREACHABLE"]).toContain((await hasty).code);
  server.clock.advance(60_000);
  expect(await patient).toBe("value-1");
});

test("reads with the same timeout share a request, however it is written", async () => {
  const { server, client, location } = await startCached();
  const read = (timeout: string | number) =>
    client.secrets().getSecret({ ...location, secretName: "A", timeout });
  await Promise.all([read("5s"), read(5000)]);
  expect(statuses(server)).toEqual([200]);
  expect((await failureOf(read("soon"))).code).toBe("INVALID_OPTION");
});
