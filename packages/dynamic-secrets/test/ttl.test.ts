import { expect, test } from "vitest";
import { location, redisInputs, requestsOf, start } from "./support/start.ts";

const tenYears = 10 * 365.25 * 86_400_000;

test.each([
  [60_000, "60000", 60_000],
  [tenYears, String(tenYears), tenYears],
  [90_000.5, "90000.5", 90_000],
  ["1m", "1m", 60_000],
  ["1 hour", "1 hour", 3_600_000],
  ["1.5h", "1.5h", 5_400_000],
  ["60000", "60000", 60_000],
  [" 2 days ", "2 days", 172_800_000],
  ["10y", "10y", tenYears],
])("the TTL %j is sent as %j, which the server reads as %i ms", async (ttl, sent, milliseconds) => {
  const { server, api } = await start({ seed: { maxTTL: null } });
  const { lease } = await api.leases.create({ ...location, dynamicSecretName: "cache", ttl });
  expect(Date.parse(lease.expireAt) - server.clock.now()).toBe(milliseconds);
  await api.leases.renew(lease.id, { ...location, ttl });
  expect(requestsOf(server).map(({ body }) => (body as { ttl: string }).ttl)).toEqual([sent, sent]);
});

test.each([
  ["abc", /^ttl must be a number of milliseconds or a string such as .*, got "abc"\.$/],
  ["1h30m", /^ttl must be .*, got "1h30m"\.$/],
  ["", /^ttl must be .*, got ""\.$/],
  [Number.NaN, /^ttl must be .*, got NaN\.$/],
  [null, /^ttl must be .*, got null\.$/],
  ["59s", /^ttl must be at least 1 minute, such as "60s": a number counts milliseconds, got "59s"\.$/],
  [60, /^ttl must be at least 1 minute, such as "60s": a number counts milliseconds, got 60\.$/],
  ["-1h", /^ttl must be .*, got "-1h"\.$/],
  ["11y", /^ttl must be at most 10 years, got "11y"\.$/],
  [tenYears + 1, /^ttl must be at most 10 years, got 315576000001\.$/],
])("the TTL %j is rejected before anything is sent", async (ttl, message) => {
  const { server, api } = await start();
  const options = { ...location, dynamicSecretName: "cache", ttl: ttl as string };
  for (const call of [
    api.leases.create(options),
    api.leases.renew("id", options),
    api.leases.use(options, () => 0),
  ]) {
    await expect(call).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(message),
    });
  }
  expect(server.requests).toEqual([]);
});

test("defaultTTL and maxTTL are rejected by their own names", async () => {
  const { server, api } = await start();
  const options = {
    ...location,
    name: "x",
    provider: { type: "redis", inputs: redisInputs },
    defaultTTL: "1h",
  } as const;
  await expect(api.create({ ...options, defaultTTL: "abc" })).rejects.toThrow(/^defaultTTL must be .*"abc"/);
  await expect(api.create({ ...options, maxTTL: "1h30m" })).rejects.toThrow(/^maxTTL must be .*"1h30m"/);
  await expect(api.update("x", { ...location, defaultTTL: 1 })).rejects.toThrow(
    /^defaultTTL must be at least 1 minute/,
  );
  await expect(api.update("x", { ...location, maxTTL: "11y" })).rejects.toThrow(
    /^maxTTL must be at most 10 years/,
  );
  expect(server.requests).toEqual([]);
});
