import { createClient } from "@infisical/core";
import { expect, test } from "vitest";
import { type DynamicSecretsApi, dynamicSecrets } from "../src/index.ts";
import { place, redisInputs, start } from "./support/start.ts";

type Anything = (...given: readonly unknown[]) => Promise<unknown>;

/** Every method as a caller in plain JavaScript has it: what it is called with before its options, and those. */
function methodsOf(
  api: DynamicSecretsApi,
): [string, Anything, readonly unknown[], Record<string, unknown>][] {
  const provider = { type: "redis", inputs: redisInputs };
  const cache = { ...place, dynamicSecretName: "cache" };
  const { leases } = api;
  const use = (options: unknown): Promise<unknown> => leases.use(options as never, () => 1);
  return [
    ["create", api.create as Anything, [], { ...place, name: "x", provider, defaultTTL: "1h" }],
    ["update", api.update as Anything, ["cache"], { ...place }],
    ["delete", api.delete as Anything, ["cache"], { ...place }],
    ["get", api.get as Anything, ["cache"], { ...place }],
    ["list", api.list as Anything, [], { ...place }],
    ["leases.create", leases.create as Anything, [], cache],
    ["leases.use", use as Anything, [], cache],
    ["leases.renew", leases.renew as Anything, ["an-id"], { ...place }],
    ["leases.delete", leases.delete as Anything, ["an-id"], { ...place }],
    ["leases.get", leases.get as Anything, ["an-id"], { ...place }],
    ["leases.list", leases.list as Anything, [], cache],
  ];
}

const withoutServer = createClient({ plugins: [dynamicSecrets()] }).dynamicSecrets();
const names = methodsOf(withoutServer).map(([name]) => name);

const anything: readonly unknown[] = [
  undefined,
  null,
  0,
  7,
  Number.NaN,
  5n,
  "",
  "text",
  true,
  false,
  [],
  [1],
  {},
  () => 1,
  Symbol("s"),
  new Date(0),
];

test.each(names)("%s refuses whatever is in place of its options, and names them", async (name) => {
  const { server, api } = await start();
  const [, method, before] = methodsOf(api).find(([each]) => each === name) ?? expect.unreachable();
  for (const given of anything) {
    const error = await method(...before, given).catch((error: unknown) => error);
    expect(error, String(given)).toMatchObject({ code: "INVALID_OPTION" });
    expect((error as Error).message).toMatch(/^(?:options|\w+) (?:must|is)/);
  }
  await expect(method()).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect(server.requests).toEqual([]);
});

test.each(names)("%s refuses each option that is wrong, by its name", async (name) => {
  const { server, api } = await start();
  const [, method, before, right] = methodsOf(api).find(([each]) => each === name) ?? expect.unreachable();
  for (const option of [...Object.keys(right), "path", "signal", "timeout"]) {
    for (const wrong of option === "signal"
      ? [0, "x", {}, false]
      : [null, 5n, Number.NaN, "", [], {}, () => 1]) {
      const error = await method(...before, { ...right, [option]: wrong }).catch((error: unknown) => error);
      expect(error, `${option} ${String(wrong)}`).toMatchObject({ code: "INVALID_OPTION" });
      expect((error as Error).message.startsWith(option)).toBe(true);
    }
  }
  await expect(method(...before, { ...right, enviromentSlug: "dev" })).rejects.toThrow(
    /^enviromentSlug is not an option; did you mean environmentSlug\?/,
  );
  for (const instead of [undefined, null, 5, "", " ", [], {}]) {
    if (before.length === 0) break;
    await expect(method(instead, right)).rejects.toThrow(
      /^(?:leaseId|dynamicSecretName) must be a non-empty string/,
    );
  }
  expect(server.requests).toEqual([]);
});

test.each(names)("%s takes options that are getters, and reads those of its caller only", async (name) => {
  const { api } = await start();
  const [, method, before, right] = methodsOf(api).find(([each]) => each === name) ?? expect.unreachable();
  const entries = Object.keys(right).map((key) => [key, { get: () => right[key], enumerable: true }]);
  const error = await method(...before, Object.defineProperties({}, Object.fromEntries(entries))).catch(
    (error: unknown) => error,
  );
  expect(error).not.toMatchObject({ code: "INVALID_OPTION" });
  const inherited = method(...before, Object.create(right));
  await expect(inherited).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

test.each([
  ["create", "maxTTL", [5n, "1h30m", {}]],
  ["create", "usernameTemplate", [null, 5, []]],
  ["create", "metadata", [5, "a", [null], [{ key: "k" }], [{ key: 5, value: "v" }], { k: {} }, { k: null }]],
  ["create", "provider", ["redis", { type: "redis" }, { inputs: {} }, { type: 5, inputs: {} }]],
  ["create", "provider", [{ type: "redis", inputs: [] }]],
  ["update", "inputs", [5, [], null]],
  ["update", "newName", ["", 5]],
  ["update", "defaultTTL", [null, "abc"]],
  ["update", "provider", [5, { type: "redis" }]],
  ["delete", "isForced", [0, "true", null]],
  ["leases.delete", "isForced", [1, "false", null]],
  ["leases.create", "ttl", [null, "abc"]],
  ["leases.create", "config", [5, "a", []]],
  ["leases.create", "provider", [5, "", { type: "redis" }]],
  ["leases.create", "onGiveBackFailed", [() => 1]],
  ["leases.use", "onGiveBackFailed", [5, "log", {}]],
  ["leases.renew", "ttl", [null, 1]],
] as const)("%s refuses a wrong %s", async (name, option, values) => {
  const { server, api } = await start();
  const [, method, before, right] = methodsOf(api).find(([each]) => each === name) ?? expect.unreachable();
  for (const value of values) {
    const error = await method(...before, { ...right, [option]: value }).catch((error: unknown) => error);
    expect(error, String(value)).toMatchObject({ code: "INVALID_OPTION" });
    expect((error as Error).message.startsWith(option)).toBe(true);
  }
  expect(server.requests).toEqual([]);
});

test("metadata may hold numbers and flags, which are sent as texts", async () => {
  const { api } = await start();
  const metadata = { replicas: 3, spare: false, team: "shop" } as unknown as Record<string, string>;
  expect((await api.update("cache", { ...place, metadata })).metadata).toEqual([
    { key: "replicas", value: "3" },
    { key: "spare", value: "false" },
    { key: "team", value: "shop" },
  ]);
});
