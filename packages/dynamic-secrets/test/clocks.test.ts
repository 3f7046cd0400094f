import { setImmediate } from "node:timers/promises";
import type { TestServer } from "@infisical/test-server";
import { expect, test } from "vitest";
import { withResolvers } from "#test-kit";
import { type MachineClock, machineClock } from "./support/clocks.ts";
import { aborted, answered } from "./support/passing.ts";
import { location, type StartOptions, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;
const [created, renewed, revoked] = ["POST leases", "POST leases/:id/renew", "DELETE leases/:id"];

/** A lease in use, on a machine whose clocks the test moves. */
async function startUse({ seed = {} }: StartOptions = {}) {
  let machine = {} as MachineClock;
  const clock = (server: TestServer): MachineClock => {
    machine = machineClock(server);
    return machine;
  };
  const { server, api } = await start({ seed, clock });
  const work = withResolvers();
  const begun = withResolvers<AbortSignal>();
  const call = api.leases.use(cache, ({ signal }) => {
    begun.resolve(signal);
    return work.promise;
  });
  call.catch(() => undefined);
  const signal = await begun.promise;
  const end = async (): Promise<void> => {
    work.resolve();
    await call;
  };
  return { server, machine, signal, end };
}

test.each([
  ["ahead", 3_600_000],
  ["behind", -3_600_000],
])("a client whose clock is an hour %s renews at the right time", async (_, skew) => {
  const { server, api } = await start({
    clock: (server) => {
      const machine = machineClock(server);
      machine.set(skew);
      return machine;
    },
  });
  const work = withResolvers();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, created);
  server.clock.advance(39_000);
  await setImmediate();
  expect(stepsOf(server)).toEqual([created]);
  server.clock.advance(1000);
  await answered(server, renewed);
  work.resolve();
  await call;
});

test("a lease that took longer to arrive than it is valid, at a client whose clock is behind: it is renewed at once", async () => {
  const { server, api, client } = await start({
    clock: (server) => {
      const machine = machineClock(server);
      machine.set(-3_600_000);
      return machine;
    },
  });
  await client.auth().login();
  server.fail({ path: /leases$/ }, { delay: 90_000 });
  const work = withResolvers<boolean>();
  const call = api.leases.use(cache, async ({ signal }) => (await work.promise) && !signal.aborted);
  await expect.poll(() => stepsOf(server)).toEqual([created]);
  server.clock.advance(90_000);
  await answered(server, renewed);
  work.resolve(true);
  expect(await call).toBe(true);
});

test.each([
  ["set back by an hour", -3_600_000],
  ["set back by a second", -1000],
])("a wall clock that is %s does not postpone a renewal", async (_, change) => {
  const { server, machine, signal, end } = await startUse();
  machine.set(change);
  server.clock.advance(40_000);
  await answered(server, renewed);
  machine.set(change);
  server.clock.advance(untilNextRenewal(server));
  await answered(server, renewed, 2);
  expect(signal.aborted).toBe(false);
  await end();
});

/** The time until the lease has 20 seconds left, which is after its next renewal. */
function untilNextRenewal(server: TestServer): number {
  return Date.parse(server.leases.list()[0]?.expireAt ?? "") - server.clock.now() - 20_000;
}

test("a wall clock that is set back while the lease cannot be renewed: the signal aborts before it expires", async () => {
  const { server, machine, signal, end } = await startUse({ seed: { maxTTL: "1m" } });
  const expireAt = Date.parse(server.leases.list()[0]?.expireAt ?? "");
  machine.set(-3_600_000);
  const { at, reason } = await aborted(server, signal, 60_000);
  expect(reason).toMatchObject({ code: "LEASE_NOT_RENEWED" });
  expect(at).toBeLessThan(expireAt);
  await end();
});

test("a wall clock that is set ahead of a valid lease: it is renewed within a slice, and stays in use", async () => {
  const { server, machine, signal, end } = await startUse();
  machine.set(3_600_000);
  server.clock.advance(5000);
  await answered(server, renewed);
  server.clock.advance(30_000);
  await setImmediate();
  expect(stepsOf(server)).toEqual([created, renewed]);
  server.clock.advance(30_000);
  await answered(server, renewed, 2);
  expect(signal.aborted).toBe(false);
  await end();
  expect(stepsOf(server).at(-1)).toBe(revoked);
});

test("a machine that was suspended until after the lease expired: the signal aborts within a slice", async () => {
  const { server, machine, signal, end } = await startUse();
  machine.suspend(3_600_000);
  await setImmediate();
  expect(signal.aborted).toBe(false);
  server.clock.advance(5000);
  await expect.poll(() => signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ code: "LEASE_NOT_RENEWED", cause: { code: "NOT_FOUND" } });
  await end();
});

test("a machine that was suspended for a part of the lease: it is renewed as soon as the suspension is noticed", async () => {
  const { server, machine, signal, end } = await startUse();
  machine.suspend(45_000);
  server.clock.advance(5000);
  await answered(server, renewed);
  expect(signal.aborted).toBe(false);
  await end();
});

test("a suspended machine whose clock was set back before: the suspension is noticed anyway", async () => {
  const { server, machine, signal, end } = await startUse();
  machine.set(-3_600_000);
  server.clock.advance(5000);
  await setImmediate();
  machine.suspend(3_600_000);
  server.clock.advance(5000);
  await expect.poll(() => signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ code: "LEASE_NOT_RENEWED" });
  await end();
});

test("a server that is silent when a jump is noticed: the signal aborts without a long wait", async () => {
  const { server, machine, signal, end } = await startUse();
  server.fail({ path: /renew$/, times: 100 }, { stall: "headers" });
  server.fail({ method: "GET", path: /leases/, times: 100 }, { stall: "headers" });
  machine.set(3_600_000);
  const before = server.clock.now();
  const { at, reason } = await aborted(server, signal, 60_000);
  expect(reason).toMatchObject({ code: "LEASE_NOT_RENEWED", cause: { code: "TIMEOUT" } });
  expect(at - before).toBeLessThan(10_000);
  await end();
});

test.each([
  ["a minute", "1m", 5000],
  ["an hour", "1h", 15_000],
  ["a year", "1y", 15_000],
])(
  "the renewal of a lease of %s is awaited in slices, however far away it is",
  async (_, defaultTTL, longest) => {
    const { server, machine, end } = await startUse({ seed: { defaultTTL, maxTTL: null } });
    for (const times of [1, 2, 3]) {
      expect(machine.sleeps).toHaveLength(times);
      server.clock.advance(machine.sleeps.at(-1) ?? 0);
      await setImmediate();
    }
    expect(machine.sleeps[0]).toBe(longest);
    expect(Math.max(...machine.sleeps)).toBe(longest);
    expect(stepsOf(server)).toEqual([created]);
    await end();
  },
);

test("without a monotonic clock in the client's clock, the platform's is used", async ({
  onTestFinished,
}) => {
  const { now } = performance;
  onTestFinished(() => {
    performance.now = now;
  });
  let passed = 0;
  performance.now = () => now.call(performance) + passed;
  const { server, api } = await start({
    clock: ({ clock }) => ({ now: () => 0, sleep: (ms, signal) => clock.sleep(ms, signal) }),
  });
  const work = withResolvers();
  const call = api.leases.use(cache, () => work.promise);
  await answered(server, created);
  passed = 40_000;
  server.clock.advance(40_000);
  await answered(server, renewed);
  work.resolve();
  await call;
});
