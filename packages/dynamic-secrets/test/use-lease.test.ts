import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { withResolvers } from "#test-kit";
import type { LeaseInUse } from "../src/index.ts";
import { answered, arrived } from "./support/passing.ts";
import { location, requestsOf, said, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache", provider: "redis" } as const;
const [created, renewed, read, revoked] = [
  "POST leases",
  "POST leases/:id/renew",
  "GET leases/:id",
  "DELETE leases/:id",
];

test("the function gets the credentials, its result is the call's, and the lease is revoked", async () => {
  const { server, api } = await start();
  const seen: LeaseInUse<"redis">[] = [];
  const result = await api.leases.use({ ...cache, ttl: "5m", path: "/" }, async (lease) => {
    seen.push(lease);
    expect(server.leases.list()).toMatchObject([{ id: lease.lease.id, data: lease.data }]);
    return 42;
  });
  expect(result).toBe(42);
  expect(seen[0]?.data.DB_USERNAME).toMatch(/^\w{32}$/);
  expect(seen[0]?.dynamicSecret.name).toBe("cache");
  expect(server.leases.list()).toEqual([]);
  const common = { query: {}, method: expect.any(String) };
  const body = { ...location, path: "/" };
  expect(requestsOf(server).map(said)).toEqual([
    {
      ...common,
      path: "/api/v1/dynamic-secrets/leases",
      body: { ...body, dynamicSecretName: "cache", ttl: "5m" },
    },
    { ...common, path: `/api/v1/dynamic-secrets/leases/${seen[0]?.lease.id}`, body },
  ]);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("mine");
    },
  ],
  ["rejects", () => Promise.reject(new Error("mine"))],
])("a function that %s: the call rejects with its error, and the lease is revoked", async (_, work) => {
  const { server, api } = await start();
  await expect(api.leases.use(cache, work)).rejects.toThrow(/^mine$/);
  expect(stepsOf(server)).toEqual([created, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("while the function runs, the lease is renewed in time, again and again", async () => {
  const { server, api } = await start();
  const work = withResolvers<string>();
  let signal: AbortSignal | undefined;
  const call = api.leases.use(cache, (lease) => {
    signal = lease.signal;
    return work.promise;
  });
  await answered(server, created);
  server.clock.advance(39_000);
  await setImmediate();
  expect(stepsOf(server)).toEqual([created]);
  server.clock.advance(1000);
  await answered(server, renewed);
  const end = (): number => Date.parse(server.leases.list()[0]?.expireAt ?? "") - server.clock.now();
  expect(end()).toBe(80_000);
  for (const times of [2, 3]) {
    server.clock.advance(end() - 20_000);
    await answered(server, renewed, times);
    expect(end()).toBeGreaterThan(20_000);
  }
  expect(signal?.aborted).toBe(false);
  work.resolve("done");
  expect(await call).toBe("done");
  expect(stepsOf(server)).toEqual([created, renewed, renewed, renewed, revoked]);
});

test("a day's lease is renewed in its last five minutes, not earlier", async () => {
  const sent: [string, number][] = [];
  const { server, api } = await start({
    seed: { defaultTTL: "1d", maxTTL: null },
    middleware: [
      (request, next) => {
        sent.push([request.path.split("/").at(-1) ?? "", server.clock.now()]);
        return next(request);
      },
    ],
  });
  const work = withResolvers();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, created);
  const begin = server.clock.now();
  const renewal = begin + 24 * 3_600_000 - 5 * 60_000;
  server.clock.advance(renewal - begin - 1);
  await setImmediate();
  server.clock.advance(1);
  await answered(server, renewed);
  expect(sent).toEqual([
    ["leases", begin],
    ["renew", renewal],
  ]);
  work.resolve();
  await call;
});

test.each([
  ["returned", () => "done"],
  [
    "thrown",
    () => {
      throw new Error("mine");
    },
  ],
])("after a function has %s, its signal stays quiet", async (_, work) => {
  const { server, api } = await start();
  let signal: AbortSignal | undefined;
  const call = api.leases.use(cache, (lease) => {
    signal = lease.signal;
    return work();
  });
  await call.catch(() => undefined);
  server.clock.advance(3_600_000);
  await setImmediate();
  expect(signal?.aborted).toBe(false);
});

test("near maxTTL, a renewal asks for what is left of it", async () => {
  const { server, api } = await start({ seed: { defaultTTL: "2m", maxTTL: "3m" } });
  const work = withResolvers();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, created);
  server.clock.advance(100_000);
  await answered(server, renewed);
  expect(requestsOf(server).at(-1)?.body).toEqual({ ...location, path: "/", ttl: "60000" });
  work.resolve();
  await call;
});

test("a renewal that took effect before its connection broke is not repeated", async () => {
  const { server, api } = await start();
  const work = withResolvers();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, created);
  server.fail({ path: /renew$/ }, { drop: "after" });
  server.clock.advance(40_000);
  await expect.poll(() => stepsOf(server)).toEqual([created, renewed, read]);
  await arrived(server);
  server.clock.advance(10_000);
  await arrived(server);
  work.resolve();
  await call;
  expect(stepsOf(server)).toEqual([created, renewed, read, revoked]);
});

test("a renewal that failed temporarily is tried again", async () => {
  const { server, api } = await start();
  const work = withResolvers();
  let signal: AbortSignal | undefined;
  const call = api.leases.use(cache, (lease) => {
    signal = lease.signal;
    return work.promise;
  });
  await answered(server, created);
  server.fail({ path: /renew$/ }, { status: 503 });
  server.clock.advance(40_000);
  await answered(server, read);
  server.clock.advance(3000);
  await answered(server, renewed, 2);
  expect(Date.parse(server.leases.list()[0]?.expireAt ?? "")).toBeGreaterThan(server.clock.now() + 60_000);
  expect(signal?.aborted).toBe(false);
  work.resolve();
  await call;
});

test("afterwards, no timer keeps the process alive", async () => {
  const waiting = new Set<object>();
  const { api } = await start({
    clock: ({ clock }) => ({
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => {
        const wait = {};
        waiting.add(wait);
        await clock.sleep(milliseconds, signal).finally(() => waiting.delete(wait));
      },
    }),
  });
  expect(await api.leases.use(cache, () => waiting.size)).toBe(1);
  await setImmediate();
  expect(waiting.size).toBe(0);
});

test("a client that closes ends a lease in use: its signal aborts, the call rejects, the lease is revoked", async () => {
  const { server, client, api } = await start();
  const begun = withResolvers<LeaseInUse<"redis">>();
  const use = api.leases.use(cache, (lease) => {
    begun.resolve(lease);
    return new Promise(() => undefined);
  });
  const rejected = expect(use).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  const { signal } = await begun.promise;
  await client.close();
  await rejected;
  expect(signal.reason).toMatchObject({ code: "CLIENT_CLOSED" });
  expect(stepsOf(server)).toEqual([created, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("a lease that is being created when the client closes is revoked too", async () => {
  const { server, client, api } = await start();
  await client.auth().login();
  const use = api.leases.use(
    cache,
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  const rejected = expect(use).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  await client.close();
  await rejected;
  expect(stepsOf(server)).toEqual([created, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("work that closes the client itself: its lease is revoked", async () => {
  const { server, client, api } = await start();
  const use = api.leases.use(cache, () => {
    void client.close();
    return new Promise(() => undefined);
  });
  await expect(use).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  await client.close();
  expect(stepsOf(server)).toEqual([created, revoked]);
});
