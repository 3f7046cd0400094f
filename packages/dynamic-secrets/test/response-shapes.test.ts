import { expect, test } from "vitest";
import type { DynamicSecretsApi } from "../src/index.ts";
import { location, redisInputs, start } from "./support/start.ts";

const dynamicSecret = { id: "s", name: "cache", type: "redis" };
const dates = { createdAt: "2026-01-01T00:00:00.000Z", expireAt: "2026-01-01T01:00:00.000Z" };
const lease = { id: "l", ...dates };
const cache = { ...location, dynamicSecretName: "cache" } as const;

type Call = (api: DynamicSecretsApi) => Promise<unknown>;

const callsOfOne: Call[] = [
  (api) =>
    api.create({
      ...location,
      name: "x",
      provider: { type: "redis", inputs: redisInputs },
      defaultTTL: "1h",
    }),
  (api) => api.update("cache", location),
  (api) => api.get("cache", location),
  (api) => api.delete("cache", location),
];

const callsOfALease: Call[] = [
  (api) => api.leases.renew("l", location),
  (api) => api.leases.get("l", location),
  (api) => api.leases.delete("l", location),
];

const creating: Call[] = [
  (api) => api.leases.create(cache),
  (api) => api.leases.use(cache, () => expect.unreachable()),
];

const cases: [string, readonly Call[], readonly unknown[]][] = [
  [
    "dynamicSecret",
    callsOfOne,
    [
      null,
      [],
      {},
      5,
      { ...dynamicSecret, id: 5 },
      { ...dynamicSecret, type: null },
      { ...dynamicSecret, metadata: [null] },
    ],
  ],
  [
    "lease",
    callsOfALease,
    [null, [], {}, "l", { ...lease, id: null }, { ...lease, expireAt: 5 }, { ...lease, status: {} }],
  ],
  ["dynamicSecrets", [(api) => api.list(location)], [null, {}, [null], [[]], [dynamicSecret, {}]]],
  ["leases", [(api) => api.leases.list(cache)], [null, {}, [null], [5], [lease, { id: "m" }]]],
];

test.each(cases)("a response whose `%s` is broken is INVALID_RESPONSE", async (field, calls, values) => {
  const { server, api } = await start();
  for (const call of calls) {
    for (const value of values) {
      server.fail({ path: /dynamic-secrets/ }, { status: 200, body: { [field]: value } });
      const error = await call(api).catch((error: unknown) => error);
      expect(error, JSON.stringify(value)).toMatchObject({
        code: "INVALID_RESPONSE",
        message: expect.stringContaining(field),
      });
    }
  }
});

test.each([
  ["lease", { lease: { id: "l" }, dynamicSecret, data: {} }],
  ["lease", { lease: null, dynamicSecret, data: {} }],
  ["dynamicSecret", { lease, dynamicSecret: { ...dynamicSecret, type: 5 }, data: {} }],
  ["data", { lease, dynamicSecret, data: null }],
  ["data", { lease, dynamicSecret, data: [] }],
])("a new lease with a broken `%s` is INVALID_RESPONSE", async (field, body) => {
  const { server, api } = await start();
  for (const call of creating) {
    server.fail({ path: /leases$/ }, { status: 200, body });
    await expect(call(api)).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      message: expect.stringContaining(`\`${field}`),
    });
  }
});

test("fields that some servers omit can be missing", async () => {
  const { server, api } = await start();
  server.fail({ method: "GET" }, { status: 200, body: { leases: [{ ...lease, status: null }] } });
  expect((await api.leases.list(cache)).leases).toEqual([{ ...lease, status: null }]);
  server.fail(
    { method: "GET" },
    { status: 200, body: { dynamicSecrets: [{ ...dynamicSecret, maxTTL: null }] } },
  );
  expect(await api.list(location)).toEqual([{ ...dynamicSecret, maxTTL: null }]);
});

test.each([
  ["defaultTTL", { defaultTTL: "1h30m" }],
  ["defaultTTL over the limit", { defaultTTL: "20y" }],
  ["defaultTTL under the limit", { defaultTTL: "1s" }],
  ["maxTTL", { maxTTL: "1h30m" }],
])("an unreadable %s: a renewal leaves the time to the server", async (_, ttls) => {
  const { server, api } = await start();
  const { clock } = server;
  const at = (seconds: number): string => new Date(clock.now() + seconds * 1000).toISOString();
  const body = {
    lease: { id: "33d89f45-ddba-48e7-82f2-2bc7790a9ed2", createdAt: at(0), expireAt: at(60) },
    dynamicSecret: { ...dynamicSecret, defaultTTL: "1h", maxTTL: null, ...ttls },
    data: {},
  };
  server.fail({ path: /leases$/ }, { status: 200, body });
  server.fail({ path: /renew$/ }, { status: 200, body: { lease: { ...body.lease, expireAt: at(120) } } });
  const aborted = api.leases.use(cache, async ({ signal }) => {
    clock.advance(40_000);
    await expect.poll(() => server.requests.some(({ path }) => path.endsWith("/renew"))).toBe(true);
    return signal.aborted;
  });
  expect(await aborted).toBe(false);
  const renewal = server.requests.find(({ path }) => path.endsWith("/renew"));
  expect(renewal?.body).toEqual({ ...location, path: "/" });
});
