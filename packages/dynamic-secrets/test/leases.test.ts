import { expect, test } from "vitest";
import { LeaseStatus } from "../src/index.ts";
import { location, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;

test("a lease is created, read, listed, renewed and deleted", async () => {
  const { api } = await start();
  const { lease, dynamicSecret, data } = await api.leases.create({ ...cache, provider: "redis", ttl: "5m" });
  expect(data).toEqual({
    DB_USERNAME: lease.externalEntityId,
    DB_PASSWORD: expect.stringMatching(/^.{64}$/),
  });
  expect(Date.parse(lease.expireAt) - Date.parse(lease.createdAt)).toBe(300_000);
  expect((await api.leases.get(lease.id, location)).lease).toEqual({ ...lease, dynamicSecret });
  expect((await api.leases.list(cache)).leases).toEqual([lease]);
  const renewed = (await api.leases.renew(lease.id, { ...location, ttl: "10m" })).lease;
  expect(Date.parse(renewed.expireAt)).toBe(Date.parse(lease.expireAt) + 600_000);
  expect((await api.leases.delete(lease.id, location)).lease).toMatchObject({ id: lease.id, status: null });
  await expect(api.leases.get(lease.id, location)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the status of a lease shows that its revocation failed, and the lease still exists", async () => {
  const { server, api } = await start();
  const { lease } = await api.leases.create(cache);
  server.leases.failRevocations({ message: "the user owns tables" });
  const response = await api.leases.delete(lease.id, location);
  expect(response.lease).toMatchObject({
    status: LeaseStatus.FailedToDelete,
    statusDetails: "the user owns tables",
  });
  expect((await api.leases.list(cache)).leases).toHaveLength(1);
  await api.leases.delete(lease.id, { ...location, isForced: true });
  expect((await api.leases.list(cache)).leases).toEqual([]);
});

test("a lease of a provider other than the one that the call named is revoked, and the error names both", async () => {
  const { server, api } = await start();
  const call = api.leases.create({ ...cache, provider: "sql-database" });
  await expect(call).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: 'provider must be the dynamic secret\'s own, "redis", got "sql-database".',
  });
  expect(stepsOf(server)).toEqual(["POST leases", "DELETE leases/:id"]);
  expect(server.leases.list()).toEqual([]);
});

test("further options of a call are sent", async () => {
  const { server, api } = await start();
  const config = { namespace: "n" };
  await api.leases.create({ ...cache, path: "/", config });
  const body = { projectSlug: "shop", environmentSlug: "dev", path: "/", dynamicSecretName: "cache", config };
  expect(server.requests.at(-1)?.body).toEqual(body);
});

test("a response without its credentials is an error", async () => {
  const { server, api } = await start();
  server.fail({ path: /leases$/ }, { status: 200, body: { lease: {}, dynamicSecret: {} } });
  await expect(api.leases.create(cache)).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
});

test("the methods work without their object", async () => {
  const { api } = await start();
  const { create, use } = api.leases;
  expect(await use(cache, ({ lease }) => lease.dynamicSecretId)).toBe((await create(cache)).dynamicSecret.id);
});
