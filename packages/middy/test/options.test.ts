import { createClient } from "@infisical/core";
import { describe, expect, test } from "vitest";
import { failureOf, printed } from "#test-kit";
import { infisical } from "../src/index.ts";
import { handlerOf } from "./handlers.ts";
import { startShop } from "./start-shop.ts";

const client = { secrets: () => ({ getSecret: async () => ({ secretKey: "A", secretValue: "a" }) }) };
const right = { client, projectId: "p", environment: "dev", fetchData: { a: "A" } };

describe("a wrong option is refused when the middleware is created", () => {
  test.each<[name: string, options: unknown, message: RegExp]>([
    ["no options", undefined, /^options must be an object with client, projectId/],
    [
      "an unknown option",
      { ...right, cacheExpiryy: 1 },
      /^cacheExpiryy is not an option; did you mean cacheExpiry\?/,
    ],
    ["no client", { ...right, client: undefined }, /^client must be a client with the secrets plugin/],
    [
      "a client without secrets",
      { ...right, client: createClient() },
      /^client must be a client with the secrets/,
    ],
    ["plugins", { ...right, client: { plugins: [] } }, /^client\.plugins must be left out/],
    ["a wrong option of the client", { ...right, client: { timeout: -1 } }, /^timeout must be .*, got -1/],
    ["no project", { ...right, projectId: "" }, /^projectId must be/],
    ["no environment", { ...right, environment: undefined }, /^environment must be/],
    ["a folder that is not a path", { ...right, secretPath: 5 }, /^secretPath must be/],
    ["no fetchData", { ...right, fetchData: undefined }, /^fetchData must be an object/],
    ["nothing to fetch", { ...right, fetchData: {} }, /^fetchData must have at least one name/],
    ["a list", { ...right, fetchData: ["A"] }, /^fetchData must be an object .*got an array/],
    [
      "a name that getInternal changes",
      { ...right, fetchData: { "a-b": "A" } },
      /^a name in fetchData must .*"a-b"/,
    ],
    ["__proto__", { ...right, fetchData: JSON.parse('{"__proto__":"A"}') }, /^a name in fetchData must/],
    ["an empty secret name", { ...right, fetchData: { a: "" } }, /^fetchData\.a must be/],
    [
      "a source that is none",
      { ...right, fetchData: { a: 1 } },
      /^fetchData\.a must be the name of a secret.*got 1/,
    ],
    ["an empty source", { ...right, fetchData: { a: {} } }, /^fetchData\.a\.secretName must be/],
    [
      "an unknown field",
      { ...right, fetchData: { a: { secretName: "A", x: 1 } } },
      /^fetchData\.a\.x is not an option/,
    ],
    [
      "parse of a folder",
      { ...right, fetchData: { a: { secretPath: "/", parse: String } } },
      /^fetchData\.a\.secretName/,
    ],
    [
      "a parse that is none",
      { ...right, fetchData: { a: { secretName: "A", parse: 1 } } },
      /^fetchData\.a\.parse must be a function, got 1/,
    ],
    [
      "a field of Lambda's context",
      { ...right, fetchData: { awsRequestId: "A" }, setToContext: true },
      /^fetchData\.awsRequestId must have another name/,
    ],
    [
      "a negative expiry",
      { ...right, cacheExpiry: -2 },
      /^cacheExpiry must be -1, or from 0 to 365 days.*got -2/,
    ],
    ["an expiry that is a word", { ...right, cacheExpiry: "soon" }, /^cacheExpiry must be -1, .*got "soon"/],
    [
      "a moment",
      { ...right, cacheExpiry: Date.parse("2026-11-26") },
      /^cacheExpiry must be -1, or from 0 to 365 days/,
    ],
    [
      "an expiry of a cache",
      { ...right, cacheKeyExpiry: { a: -2 } },
      /^cacheKeyExpiry\.a must be -1, .*got -2/,
    ],
    ["one expiry for caches", { ...right, cacheKeyExpiry: 5 }, /^cacheKeyExpiry must be an object .*got 5/],
    ["an empty cacheKey", { ...right, cacheKey: "" }, /^cacheKey must be/],
    ["a flag that is none", { ...right, setToContext: "yes" }, /^setToContext must be .*"yes"/],
  ])("%s", (_, options, message) => {
    const create = () => infisical(options as never);
    expect(create).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(message) }),
    );
  });
});

test("a field of Lambda's context is a name in internal", async () => {
  const middleware = infisical({ ...right, client: client as never, fetchData: { awsRequestId: "A" } });
  expect((await handlerOf(middleware, ["awsRequestId"])()).internal).toEqual({ awsRequestId: "a" });
});

test("options are read once", async () => {
  let reads = 0;
  const options = {
    ...right,
    get fetchData() {
      reads += 1;
      return right.fetchData;
    },
  };
  const handler = handlerOf(infisical(options as never), ["a"]);
  await handler();
  await handler();
  expect(reads).toBe(1);
});

test("what parse throws is not repeated: it quotes the value", async () => {
  const { client, location, set } = await startShop();
  set("SETTINGS", "hunter2-is-not-json");
  const fetchData = { settings: { secretName: "SETTINGS", parse: JSON.parse } };
  const handler = handlerOf(infisical({ client, ...location, fetchData, setToContext: true }));
  const error = await failureOf(handler());
  expect(error).toMatchObject({
    code: "INVALID_OPTION",
    message: "fetchData.settings.parse must not throw; it did for the secret's value.",
  });
  expect(printed(error)).not.toContain("hunter2");
});

test("a middleware prints no value and no credential", async () => {
  const { client, location } = await startShop();
  const middleware = infisical({ client, ...location, fetchData: { apiKey: "API_KEY" } });
  await handlerOf(middleware, ["apiKey"])();
  expect(printed(middleware)).not.toMatch(/the-api-key|[Ss]ecret-|eyJ/);
});

test.each(["one secret", "several secrets", "a folder"])(
  "a hidden value of %s is refused, not handed on",
  async (what) => {
    const hidden = { secretKey: "A", secretValue: "<hidden-by-infisical>", secretValueHidden: true };
    const reading = {
      getSecret: async () => hidden,
      getSecrets: async () => ({ secrets: [hidden], missing: [] }),
      listSecrets: async () => ({ secrets: [hidden] }),
    };
    const sources = {
      "one secret": { a: "A" },
      "several secrets": { a: "A", b: "B" },
      "a folder": { a: { secretPath: "/" } },
    };
    const fetchData = sources[what as keyof typeof sources];
    const mock = { secrets: () => reading } as never;
    const handler = handlerOf(infisical({ ...right, client: mock, fetchData, setToContext: true }));
    expect(await failureOf(handler())).toMatchObject({ code: "FORBIDDEN" });
  },
);

test("a client that was closed fails the call with its own code", async () => {
  const { client, location } = await startShop();
  await client.close();
  const handler = handlerOf(
    infisical({ client, ...location, fetchData: { apiKey: "API_KEY" }, setToContext: true }),
  );
  expect(await failureOf(handler())).toMatchObject({ code: "CLIENT_CLOSED" });
});
