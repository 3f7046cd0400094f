import type { ClientEvent } from "@infisical/core";
import { expect, test } from "vitest";
import { failureOf, withResolvers } from "#test-kit";
import { answered } from "./support/passing.ts";
import { location, start } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;

/** The events of leases. */
function leaseEvents() {
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent): void => {
    if (event.type.startsWith("lease-")) events.push(event);
  };
  return { events, onEvent };
}

test("a lease in use: it is created, renewed and revoked, each told with its id and its end", async () => {
  const { events, onEvent } = leaseEvents();
  const { server, api } = await start({ onEvent });
  const work = withResolvers<void>();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, "POST leases");
  const [lease] = server.leases.list();
  server.clock.advance(40_000);
  await answered(server, "POST leases/:id/renew");
  const [renewed] = server.leases.list();
  work.resolve();
  await call;
  const leaseId = lease?.id;
  expect(events).toMatchObject([
    { type: "lease-created", leaseId, provider: "redis", expiresAt: Date.parse(lease?.expireAt ?? "") },
    { type: "lease-renewed", leaseId, expiresAt: Date.parse(renewed?.expireAt ?? "") },
    { type: "lease-revoked", leaseId, outcome: "succeeded" },
  ]);
});

test("a lease that is created, renewed and deleted by single calls is told in the same way", async () => {
  const { events, onEvent } = leaseEvents();
  const { api } = await start({ onEvent });
  const { lease } = await api.leases.create({ ...cache, ttl: "5m" });
  await api.leases.renew(lease.id, { ...location, ttl: "5m" });
  await api.leases.delete(lease.id, location);
  expect(events.map(({ type }) => type)).toEqual(["lease-created", "lease-renewed", "lease-revoked"]);
});

test("a deletion whose revocation fails is told as failed", async () => {
  const { events, onEvent } = leaseEvents();
  const { server, api } = await start({ onEvent });
  const { lease } = await api.leases.create(cache);
  server.leases.failRevocations();
  await api.leases.delete(lease.id, location);
  expect(events.at(-1)).toMatchObject({ type: "lease-revoked", leaseId: lease.id, outcome: "failed" });
});

test("a lease that cannot be renewed any longer is told before its credentials expire", async () => {
  const { events, onEvent } = leaseEvents();
  const { server, api } = await start({ onEvent, seed: { maxTTL: "1m" } });
  const ended = withResolvers<void>();
  const call = api.leases.use(cache, ({ signal }) => {
    signal.addEventListener("abort", () => ended.resolve());
    return ended.promise;
  });
  await answered(server, "POST leases");
  server.clock.advance(59_000);
  await call;
  expect(events.map(({ type }) => type)).toEqual(["lease-created", "lease-ending", "lease-revoked"]);
});

test("a revocation that fails is told with its code, and without the server's text", async () => {
  const { events, onEvent } = leaseEvents();
  const { server, api } = await start({ onEvent });
  server.leases.failRevocations({ message: "DROP ROLE failed for secret-user" });
  await api.leases.use({ ...cache, onRevokeFailed: () => undefined }, () => 1);
  expect(events.at(-1)).toMatchObject({
    type: "lease-revoked",
    outcome: "failed",
    code: "REVOCATION_FAILED",
  });
  expect(JSON.stringify(events)).not.toContain("DROP ROLE");
});

test("a lease that is gone when it is revoked counts as revoked", async () => {
  const { events, onEvent } = leaseEvents();
  const { server, api } = await start({ onEvent });
  await api.leases.use(cache, async ({ lease }) => {
    await api.leases.delete(lease.id, location);
    expect(server.leases.list()).toEqual([]);
  });
  expect(events.map((event) => [event.type, "outcome" in event && event.outcome])).toEqual([
    ["lease-created", false],
    ["lease-revoked", "succeeded"],
    ["lease-revoked", "succeeded"],
  ]);
});

test("the stack of a use that the end of its lease or of the client ends has the function that asked for it", async () => {
  const { server, api, client } = await start({ seed: { maxTTL: "1m" } });
  async function usesLease(): Promise<void> {
    await api.leases.use(
      cache,
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
  }
  const first = failureOf(usesLease());
  await answered(server, "POST leases");
  server.clock.advance(59_000);
  expect(await first).toMatchObject({
    code: "LEASE_NOT_RENEWED",
    stack: expect.stringContaining("usesLease"),
  });
  const second = failureOf(usesLease());
  await answered(server, "POST leases", 2);
  await client.close();
  expect(await second).toMatchObject({ code: "CLIENT_CLOSED", stack: expect.stringContaining("usesLease") });
});

test("the stack of a lease that cannot be created, used or deleted has the function that asked for it", async () => {
  const { api } = await start();
  async function asksForLease(): Promise<void> {
    await api.leases.use({ ...location, dynamicSecretName: "nope" }, () => 1);
  }
  async function deletesNothing(): Promise<void> {
    await api.leases.delete("00000000-0000-4000-8000-000000000000", location);
  }
  async function readsWithLease(): Promise<void> {
    await api.leases.list({ ...location, dynamicSecretName: "nope" });
  }
  expect((await failureOf(asksForLease())).stack).toContain("asksForLease");
  expect((await failureOf(api.leases.use(cache, readsWithLease))).stack).toContain("readsWithLease");
  expect((await failureOf(deletesNothing())).stack).toContain("deletesNothing");
});
