import { secrets } from "@infisical/secrets";
import { describe, expect, test } from "vitest";
import { failureOf, start, strategyFor, withResolvers } from "#test-kit";
import { infisical } from "../src/index.ts";
import { versions } from "./handlers.ts";
import { startShop } from "./start-shop.ts";

describe.each(versions)("with $name", ({ handlerOf }) => {
  test("a handler finds the values in its context, and getInternal gives them", async () => {
    const { client, location } = await startShop();
    const middleware = infisical({
      client,
      ...location,
      fetchData: {
        apiKey: "API_KEY",
        limits: { secretName: "LIMITS", parse: (text): { perMinute: number } => JSON.parse(text) },
        password: { secretName: "PASSWORD", secretPath: "/database" },
        database: { secretPath: "database" },
      },
      setToContext: true,
    });
    const values = {
      apiKey: "the-api-key",
      limits: { perMinute: 60 },
      password: "the-password",
      database: { PASSWORD: "the-password", USER: "the-user" },
    };
    const seen = await handlerOf(middleware, Object.keys(values))();
    expect(seen.context).toMatchObject(values);
    expect(seen.internal).toEqual(values);
  });

  test("without setToContext the values are in internal only", async () => {
    const { client, location } = await startShop();
    const middleware = infisical({ client, ...location, fetchData: { apiKey: "API_KEY" } });
    const { context, internal } = await handlerOf(middleware, ["apiKey"])();
    expect(context).not.toHaveProperty("apiKey");
    expect(internal).toEqual({ apiKey: "the-api-key" });
  });

  test("a fetch that fails makes the call fail with its error, and the next call tries again", async () => {
    const { client, location, server, set } = await startShop();
    const middleware = infisical({
      client,
      ...location,
      fetchData: { late: "LATE" },
      disablePrefetch: true,
      setToContext: true,
    });
    const handler = handlerOf(middleware);
    expect(await failureOf(handler())).toMatchObject({ code: "NOT_FOUND" });
    set("LATE", "here-now");
    expect((await handler()).context).toMatchObject({ late: "here-now" });
    const { length } = server.requests;
    await handler();
    expect(server.requests).toHaveLength(length);
  });
});

const { handlerOf } = versions[0];

test("the cold start fetches before the first call, and warm calls send nothing", async () => {
  const { client, location, reads } = await startShop();
  const middleware = infisical({
    client,
    ...location,
    fetchData: { apiKey: "API_KEY" },
    setToContext: true,
  });
  await expect.poll(reads).toHaveLength(1);
  const handler = handlerOf(middleware);
  await handler();
  await handler();
  expect(reads()).toHaveLength(1);
});

test("with disablePrefetch the first call fetches", async () => {
  const begun: string[] = [];
  const { client, location } = await start({
    plugins: [secrets()],
    middleware: [
      (request, next) => {
        begun.push(request.path);
        return next(request);
      },
    ],
  });
  const fetchData = { apiKey: "API_KEY" };
  const middleware = infisical({ client, ...location, fetchData, disablePrefetch: true });
  expect(begun).toEqual([]);
  await handlerOf(middleware)();
  expect(begun).toHaveLength(1);
});

test("several secrets of a folder are one request, and each further folder is one", async () => {
  const { client, location, reads } = await startShop();
  const middleware = infisical({
    client,
    ...location,
    fetchData: {
      apiKey: "API_KEY",
      again: "API_KEY",
      limits: "LIMITS",
      user: { secretName: "USER", secretPath: "/database" },
    },
    setToContext: true,
  });
  const { context } = await handlerOf(middleware)();
  expect(context).toMatchObject({ apiKey: "the-api-key", again: "the-api-key", user: "the-user" });
  expect(reads()).toHaveLength(2);
});

test("of several secrets of a folder, only the missing one fails", async () => {
  const { client, location } = await startShop();
  const fetchData = { apiKey: "API_KEY", missing: "MISSING" };
  const middleware = infisical({ client, ...location, fetchData });
  expect((await handlerOf(middleware, ["apiKey"])()).internal).toEqual({ apiKey: "the-api-key" });
  const refused = await failureOf<Error>(handlerOf(middleware, ["missing"])());
  expect((refused.cause as { data: unknown }).data).toMatchObject([{ code: "NOT_FOUND" }]);
});

test("references are replaced and imports are left out, unless the options say otherwise", async () => {
  const { client, location, set, server } = await startShop();
  set("URL", "http://${API_KEY}");
  const fetchData = { url: "URL", apiKey: "API_KEY" };
  const read = async (options: object) => {
    const middleware = infisical({ client, ...location, fetchData, ...options });
    return (await handlerOf(middleware, ["url"])()).internal;
  };
  expect(await read({})).toEqual({ url: "http://the-api-key" });
  expect(await read({ expandSecretReferences: false })).toEqual({ url: "http://${API_KEY}" });
  await read({ includeImports: true });
  expect(server.requests.at(-1)?.query).toMatchObject({ include_imports: "true" });
});

test("a client can be given as its options", async () => {
  const { server, siteUrl, location } = await startShop();
  const client = { siteUrl, auth: strategyFor(server) };
  const middleware = infisical({ client, ...location, fetchData: { apiKey: "API_KEY" }, setToContext: true });
  expect((await handlerOf(middleware)()).context).toMatchObject({ apiKey: "the-api-key" });
});

test("parse runs once for each text that was read", async () => {
  const { client, location, set, server } = await startShop();
  const texts: string[] = [];
  const parse = (text: string) => texts.push(text);
  const middleware = infisical({
    client,
    ...location,
    fetchData: { apiKey: { secretName: "API_KEY", parse } },
    cacheExpiry: "1m",
    setToContext: true,
  });
  const handler = handlerOf(middleware);
  await handler();
  await handler();
  expect(texts).toEqual(["the-api-key"]);
  set("API_KEY", "the-new-key");
  server.clock.advance(60_000);
  expect((await handler()).context).toMatchObject({ apiKey: 2 });
  expect(texts).toEqual(["the-api-key", "the-new-key"]);
});

/** Runs something, and returns what was rejected meanwhile without anybody handling it. */
async function unhandledDuring(run: () => Promise<unknown>): Promise<unknown[]> {
  const rejections: unknown[] = [];
  const listener = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", listener);
  await run();
  // Node reports what is unhandled when a turn ends.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  process.off("unhandledRejection", listener);
  return rejections;
}

/** A client whose first read fails. */
function failingOnce() {
  const failed = withResolvers();
  let calls = 0;
  const getSecret = async () => {
    calls += 1;
    if (calls > 1) return { secretKey: "A", secretValue: "here" };
    queueMicrotask(failed.resolve);
    throw new Error("refused");
  };
  return { client: { secrets: () => ({ getSecret }) } as never, failed: failed.promise };
}

const place = { projectId: "p", environment: "dev" };

test("a prefetch that fails is not an unhandled rejection, and the first call tries again", async () => {
  const { client, failed } = failingOnce();
  const fetchData = { a: { secretName: "A", parse: String } };
  const rejections = await unhandledDuring(async () => {
    const middleware = infisical({ client, ...place, fetchData, setToContext: true });
    await failed;
    await new Promise(setImmediate);
    expect((await handlerOf(middleware)()).context).toMatchObject({ a: "here" });
  });
  expect(rejections).toEqual([]);
});

test.each([0, -1])(
  "a value that nobody reads is not an unhandled rejection, with cacheExpiry %i",
  async (cacheExpiry) => {
    const { client, failed } = failingOnce();
    const options = { client, ...place, cacheExpiry, disablePrefetch: true };
    const rejections = await unhandledDuring(async () => {
      await handlerOf(infisical({ ...options, fetchData: { a: "A" } }))();
      await failed;
    });
    expect(rejections).toEqual([]);
  },
);
