import { createClient } from "@infisical/core";
import { expect, test } from "vitest";
import { type DynamicSecretsApi, dynamicSecrets } from "../src/index.ts";
import { location, redisInputs, start } from "./support/start.ts";

type Anything = (...given: readonly unknown[]) => Promise<unknown>;

/** Every method as a JavaScript caller sees it: its name, the arguments before the options, and valid options. */
function methodsOf(
  api: DynamicSecretsApi,
): [string, Anything, readonly unknown[], Record<string, unknown>][] {
  const provider = { type: "redis", inputs: redisInputs };
  const cache = { ...location, dynamicSecretName: "cache" };
  const { leases } = api;
  const use = (options: unknown): Promise<unknown> => leases.use(options as never, () => 1);
  return [
    ["create", api.create as Anything, [], { ...location, name: "x", provider, defaultTTL: "1h" }],
    ["update", api.update as Anything, ["cache"], { ...location }],
    ["delete", api.delete as Anything, ["cache"], { ...location }],
    ["get", api.get as Anything, ["cache"], { ...location }],
    ["list", api.list as Anything, [], { ...location }],
    ["leases.create", leases.create as Anything, [], cache],
    ["leases.use", use as Anything, [], cache],
    ["leases.renew", leases.renew as Anything, ["an-id"], { ...location }],
    ["leases.delete", leases.delete as Anything, ["an-id"], { ...location }],
    ["leases.get", leases.get as Anything, ["an-id"], { ...location }],
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

test.each(names)("%s rejects whatever is passed instead of its options, and names them", async (name) => {
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

test.each(names)("%s rejects each wrong option by its name", async (name) => {
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

test.each(names)("%s accepts options that are getters, and reads own properties only", async (name) => {
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
  [
    "create",
    "metadata",
    [5, "a", [null], [{ key: "k" }], [{ key: 5, value: "v" }], { k: () => 1 }, { k: NaN }],
  ],
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
  ["leases.create", "onRevokeFailed", [() => 1]],
  ["leases.use", "onRevokeFailed", [5, "log", {}]],
  ["leases.renew", "ttl", [null, 1]],
] as const)("%s rejects a wrong %s", async (name, option, values) => {
  const { server, api } = await start();
  const [, method, before, right] = methodsOf(api).find(([each]) => each === name) ?? expect.unreachable();
  for (const value of values) {
    const error = await method(...before, { ...right, [option]: value }).catch((error: unknown) => error);
    expect(error, String(value)).toMatchObject({ code: "INVALID_OPTION" });
    expect((error as Error).message.startsWith(option)).toBe(true);
  }
  expect(server.requests).toEqual([]);
});

test("metadata can contain any JSON, which is sent as strings, and null, which is left out", async () => {
  const { api } = await start();
  const metadata = { replicas: 3, spare: false, team: "shop", hosts: { a: [1] }, owner: null };
  await api.update("cache", { ...location, metadata });
  expect((await api.get("cache", location)).metadata).toEqual([
    { key: "replicas", value: "3" },
    { key: "spare", value: "false" },
    { key: "team", value: "shop" },
    { key: "hosts", value: '{"a":[1]}' },
  ]);
});
