import { cache } from "@infisical/cache";
import type { ClientEvent } from "@infisical/core";
import { dynamicSecrets } from "@infisical/dynamic-secrets";
import { secrets } from "@infisical/secrets";
import { metrics } from "@opentelemetry/api";
import { AggregationTemporality, MeterProvider } from "@opentelemetry/sdk-metrics";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, jumpingClock, type StartOptions, start, strategyFor } from "#test-kit";
import { telemetry } from "../src/index.ts";
import { record } from "./recorder.ts";

const plugins = [secrets(), dynamicSecrets()] as const;
const redis = {
  type: "redis",
  inputs: {
    ...{ host: "redis.example.com", port: 6379, username: "default", password: "of-the-admin" },
    creationStatement: "ACL SETUSER {{username}} on >{{password}} ~* &* +@all",
    revocationStatement: "ACL DELUSER {{username}}",
    renewStatement: "ACL SETUSER {{username}} on",
  },
  defaultTTL: "1h",
  maxTTL: "24h",
} as const;
const seed = {
  clock: { frozen: true },
  projects: [
    {
      ...{ name: "Shop", slug: "shop", environments: [{ name: "Development", slug: "dev" }] },
      secrets: { dev: { "/": { KNOWN: "a-known-value" } } },
      dynamicSecrets: { dev: { "/": { cache: redis } } },
    },
  ],
};

async function startMeasured(
  options: Omit<StartOptions, "plugins"> = {},
  reading: Parameters<typeof record>[0] = {},
) {
  const recorded = record(reading);
  const observer = telemetry({ meter: recorded.meter });
  const started = await start({ server: seed, observer, ...options, plugins });
  const read = (secretName = "KNOWN") =>
    started.client.secrets().getSecret({ ...started.location, secretName });
  return { ...recorded, ...started, observer, read };
}

const getSecret = { "infisical.operation": "secrets.getSecret" };

test("a token from elsewhere, and one that was revoked, have no age", async () => {
  const { client, points, server } = await startMeasured({}, { temporality: AggregationTemporality.DELTA });
  for (const replace of [() => client.auth().accessToken("of-somebody-else"), () => client.auth().revoke()]) {
    await client.auth().login(strategyFor(server));
    expect(await points("infisical.client.token.age")).toHaveLength(1);
    await replace();
    expect(await points("infisical.client.token.age")).toEqual([]);
  }
});

test("calls are counted by outcome, and errors by code, those of logins too", async () => {
  const { read, points, server } = await startMeasured({ retry: false });
  server.fail({ path: /login$/ }, { status: 400 });
  await failureOf(read());
  server.clock.advance(60_000);
  await read();
  await failureOf(read("MISSING"));
  expect(await points("infisical.client.calls")).toMatchObject([
    { value: 1, attributes: { ...getSecret, "infisical.outcome": "failed", "error.type": "AUTH_FAILED" } },
    { value: 1, attributes: { ...getSecret, "infisical.outcome": "succeeded" } },
    { value: 1, attributes: { ...getSecret, "infisical.outcome": "failed", "error.type": "NOT_FOUND" } },
  ]);
  expect(await points("infisical.client.errors")).toMatchObject([
    { value: 1, attributes: { "infisical.operation": "auth.login", "error.type": "AUTH_FAILED" } },
    { value: 1, attributes: { ...getSecret, "error.type": "AUTH_FAILED" } },
    { value: 1, attributes: { ...getSecret, "error.type": "NOT_FOUND" } },
  ]);
  expect(await points("infisical.client.login.duration")).toMatchObject([
    {
      attributes: {
        "infisical.identity.auth_method": "universal-auth",
        "infisical.identity.auth_result": "failure",
      },
    },
    {
      attributes: {
        "infisical.identity.auth_method": "universal-auth",
        "infisical.identity.auth_result": "success",
      },
    },
  ]);
});

test("durations are in seconds by the client's clock, and retries are counted", async () => {
  const durations: number[] = [];
  const onEvent = (event: ClientEvent) => {
    if (event.type === "call-ended") durations.push(event.duration);
  };
  const { read, points, server } = await startMeasured({ clock: jumpingClock(), onEvent });
  await read();
  server.fail({ method: "GET", times: 2 }, { status: 503 });
  await read();
  const [duration] = await points("infisical.client.call.duration");
  expect(duration).toMatchObject({ value: { count: 2 }, attributes: getSecret });
  const { sum } = Object(duration?.value) as { readonly sum: number };
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeCloseTo(
    durations.reduce((one, other) => one + other / 1000, 0),
    9,
  );
  expect(await points("infisical.client.retries")).toMatchObject([
    { value: 2, attributes: { ...getSecret, "error.type": "SERVER_ERROR" } },
  ]);
});

test("reads that a cache answers are counted, old responses apart", async () => {
  let now = 0;
  const reads = cache({ ttl: 1000, staleIfError: "1h", clock: { now: () => now } });
  const { read, points, server } = await startMeasured({ middleware: [reads], retry: false });
  await read();
  await read();
  await read();
  now += 2000;
  server.fail({ method: "GET" }, { status: 503 });
  await read();
  expect(await points("infisical.client.cache.hits")).toMatchObject([
    { value: 2, attributes: { ...getSecret, "infisical.cache.result": "hit" } },
    { value: 1, attributes: { ...getSecret, "infisical.cache.result": "stale" } },
  ]);
});

test("the age of the token grows until the next login, and ends with the client", async () => {
  const { read, points, server, client, connect, observer } = await startMeasured(
    {},
    { temporality: AggregationTemporality.DELTA },
  );
  const age = async () => (await points("infisical.client.token.age")).map(({ value }) => value);
  expect(await age()).toEqual([]);
  await read();
  expect(await age()).toEqual([0]);
  server.clock.advance(90_000);
  expect(await age()).toEqual([90]);
  const other = connect({ observer });
  await other.auth().login();
  expect(await age()).toEqual([90]);
  await client.auth().login();
  server.clock.advance(5000);
  expect(await age()).toEqual([5]);
  await client.close();
  await other.close();
  expect(await age()).toEqual([]);
});

test("leases are counted until they are revoked or expire, by provider", async () => {
  const { client, points, server, connect, observer } = await startMeasured();
  const place = { projectSlug: "shop", environmentSlug: "dev" };
  const create = (by = client) =>
    by.dynamicSecrets().leases.create({ ...place, dynamicSecretName: "cache", ttl: "1h" });
  const count = async () =>
    (await points("infisical.client.lease.count")).map(({ value, attributes }) => [
      value,
      attributes["infisical.lease.provider"],
    ]);
  const [first, second] = [await create(), await create()];
  await create(connect({ observer, plugins }));
  expect(await count()).toEqual([[3, "redis"]]);
  await client.dynamicSecrets().leases.delete(first.lease.id, place);
  expect(await count()).toEqual([[2, "redis"]]);
  await client.dynamicSecrets().leases.renew(second.lease.id, { ...place, ttl: "2h" });
  server.clock.advance(61 * 60_000);
  expect(await count()).toEqual([[1, "redis"]]);
  server.clock.advance(24 * 60 * 60_000);
  expect(await count()).toEqual([[0, "redis"]]);
});

test("metrics have neither names nor ids, so their number stays small", async () => {
  const { client, read, collect, location } = await startMeasured({ namesInEvents: true });
  await read();
  await client
    .dynamicSecrets()
    .leases.create({ projectSlug: "shop", environmentSlug: "dev", dynamicSecretName: "cache" });
  const { resourceMetrics } = await collect();
  const shown = JSON.stringify(resourceMetrics.scopeMetrics);
  expect(shown).toContain("infisical.client.lease.count");
  for (const name of [location.projectId, "KNOWN", "shop"]) expect(shown).not.toContain(name);
  expect(shown).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/);
});

test("a provider that is registered after the client gets what follows", async () => {
  onTestFinished(() => metrics.disable());
  const { client, read } = await start({ server: seed, plugins, observer: telemetry() }).then((started) => ({
    ...started,
    read: () => started.client.secrets().getSecret({ ...started.location, secretName: "KNOWN" }),
  }));
  await read();
  const late = record();
  metrics.setGlobalMeterProvider(late.provider);
  await read();
  expect(await late.points("infisical.client.calls")).toMatchObject([{ value: 1 }]);
  expect(late.provider).toBeInstanceOf(MeterProvider);
  await client.close();
});
