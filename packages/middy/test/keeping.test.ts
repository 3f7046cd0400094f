import { expect, test } from "vitest";
import { failureOf, withResolvers } from "#test-kit";
import { type InfisicalMiddlewareOptions, infisical } from "../src/index.ts";
import { handlerOf } from "./handlers.ts";
import { startShop } from "./start-shop.ts";

type Options = Partial<InfisicalMiddlewareOptions<{ readonly apiKey: "API_KEY" }>>;

/** A shop with a function that calls a handler and returns the key that it sees. */
async function startHandler(options: Options = {}) {
  const shop = await startShop();
  const { client, location } = shop;
  const middleware = infisical({
    client,
    ...location,
    fetchData: { apiKey: "API_KEY" },
    setToContext: true,
    ...options,
  });
  const handler = handlerOf(middleware);
  return { ...shop, call: async () => (await handler()).context["apiKey"] };
}

const day = 24 * 60 * 60 * 1_000;

test("by default a value is kept as long as the instance lives", async () => {
  const { call, server, set } = await startHandler();
  await call();
  set("API_KEY", "the-new-key");
  server.clock.advance(29 * day);
  expect(await call()).toBe("the-api-key");
});

test.each([
  ["milliseconds", { cacheExpiry: 300_000 }],
  ["a string", { cacheExpiry: "5m" }],
  [
    "the name of the cache",
    { cacheExpiry: -1, cacheKey: "keys", cacheKeyExpiry: { keys: "5m", infisical: 1 } },
  ],
])("a value is kept until it is too old, told by %s", async (_, options) => {
  const { call, server, set, reads } = await startHandler(options);
  await call();
  set("API_KEY", "the-new-key");
  server.clock.advance(299_999);
  expect(await call()).toBe("the-api-key");
  server.clock.advance(1);
  expect(await call()).toBe("the-new-key");
  await call();
  expect(reads()).toHaveLength(2);
});

test("a number of more than a day is a length of time too", async () => {
  const { call, server, set } = await startHandler({ cacheExpiry: 3 * day });
  await call();
  set("API_KEY", "the-new-key");
  server.clock.advance(2 * day);
  expect(await call()).toBe("the-api-key");
  server.clock.advance(day);
  expect(await call()).toBe("the-new-key");
});

test("with cacheExpiry 0 every call fetches, and the cold start does not", async () => {
  const { call, reads, set } = await startHandler({ cacheExpiry: 0 });
  expect(await call()).toBe("the-api-key");
  set("API_KEY", "the-new-key");
  expect(await call()).toBe("the-new-key");
  expect(reads()).toHaveLength(2);
});

test("after the clock was set back, the value is fetched again", async () => {
  let now = Date.parse("2026-11-26T12:00:00Z");
  const shop = await startShop();
  const client = Object.assign(Object.create(shop.client), {});
  const moved = shop.connect({
    clock: { ...shop.server.clock, now: () => now, sleep: async () => undefined },
  });
  client.auth = moved.auth;
  const fetchData = { apiKey: "API_KEY" } as const;
  const middleware = infisical({
    client,
    ...shop.location,
    fetchData,
    cacheExpiry: "5m",
    setToContext: true,
  });
  const handler = handlerOf(middleware);
  await handler();
  shop.set("API_KEY", "the-new-key");
  now -= 1;
  expect((await handler()).context).toMatchObject({ apiKey: "the-new-key" });
});

test("a refresh that fails fails its call, keeps nothing old, and the next call tries again", async () => {
  const { call, server, set } = await startHandler({ cacheExpiry: "5m" });
  await call();
  server.clock.advance(300_000);
  set("API_KEY", "the-new-key");
  server.fail({ method: "GET", times: 1 }, { status: 403 });
  expect(await failureOf(call())).toMatchObject({ code: "FORBIDDEN" });
  expect(await call()).toBe("the-new-key");
});

test("calls during a refresh wait for it, and share its request", async () => {
  const gates = [withResolvers(), withResolvers()];
  let requests = 0;
  const shop = await startShop([
    async (request, next) => {
      await gates[requests++]?.promise;
      return next(request);
    },
  ]);
  const { client, location, server, set } = shop;
  const fetchData = { apiKey: "API_KEY" } as const;
  const handler = handlerOf(
    infisical({ client, ...location, fetchData, cacheExpiry: "5m", setToContext: true }),
  );
  const cold = [handler(), handler()];
  gates[0]?.resolve();
  await Promise.all(cold);
  expect(requests).toBe(1);
  server.clock.advance(300_000);
  set("API_KEY", "the-new-key");
  const first = handler();
  const second = handler();
  gates[1]?.resolve();
  const values = await Promise.all([first, second, handler()]);
  expect(values.map(({ context }) => context["apiKey"])).toEqual([
    "the-new-key",
    "the-new-key",
    "the-new-key",
  ]);
  expect(requests).toBe(2);
});

test("a failure that comes late does not drop the value of a newer request", async () => {
  const old = withResolvers<never>();
  const answers: Promise<unknown>[] = [old.promise, Promise.resolve({ secretKey: "A", secretValue: "new" })];
  const calls: unknown[] = [];
  const client = { secrets: () => ({ getSecret: (options: unknown) => answers[calls.push(options) - 1] }) };
  let now = 1_000;
  const clock = { now: () => now, sleep: async () => undefined };
  const { connect } = await startShop();
  Object.assign(client, { auth: connect({ clock }).auth });
  const options = { client: client as never, projectId: "p", environment: "dev", fetchData: { a: "A" } };
  const handler = handlerOf(infisical({ ...options, cacheExpiry: 10, setToContext: true }));
  now += 10;
  expect((await handler()).context).toMatchObject({ a: "new" });
  old.reject(new Error("late"));
  // What a promise brings about has happened when a turn ends.
  await new Promise(setImmediate);
  expect((await handler()).context).toMatchObject({ a: "new" });
  expect(calls).toHaveLength(2);
});

test("middlewares with one client and one cacheKey fetch the same secret once, whatever they call it", async () => {
  const { client, location, reads } = await startShop();
  const options = { client, ...location, setToContext: true } as const;
  const middlewares = [
    infisical({ ...options, fetchData: { key: "API_KEY" } }),
    infisical({ ...options, fetchData: { sameKey: "API_KEY", limits: "LIMITS" } }),
  ];
  const { context } = await handlerOf(middlewares)();
  expect(context).toMatchObject({ key: "the-api-key", sameKey: "the-api-key", limits: '{"perMinute":60}' });
  expect(reads().map(({ path }) => path.split("/").at(-1))).toEqual(["API_KEY", "LIMITS"]);
});

test("each of them keeps a value as long as it says itself", async () => {
  const { client, location, server, set } = await startShop();
  const options = { client, ...location, setToContext: true } as const;
  const long = handlerOf(infisical({ ...options, fetchData: { key: "API_KEY" } }));
  const short = handlerOf(infisical({ ...options, fetchData: { key: "API_KEY" }, cacheExpiry: "1m" }));
  await long();
  set("API_KEY", "the-new-key");
  server.clock.advance(60_000);
  expect((await long()).context).toMatchObject({ key: "the-api-key" });
  expect((await short()).context).toMatchObject({ key: "the-new-key" });
  expect((await long()).context).toMatchObject({ key: "the-new-key" });
});

test.each([
  ["another cacheKey", { cacheKey: "another" }],
  ["another environment", { environment: "staging" }],
  ["another way to read", { expandSecretReferences: false }],
])("a middleware with %s fetches by itself", async (_, other) => {
  const { client, location, server, reads } = await startShop();
  server.secrets.set({ environment: "staging", key: "API_KEY", value: "the-staging-key" });
  const options = { client, ...location, fetchData: { key: "API_KEY" }, setToContext: true } as const;
  await handlerOf(infisical(options))();
  await handlerOf(infisical({ ...options, ...other }))();
  expect(reads()).toHaveLength(2);
});
