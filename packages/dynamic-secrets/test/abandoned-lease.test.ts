import { isInfisicalError } from "@infisical/core";
import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { warningsOf } from "#test-kit";
import { location, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;
const [created, revoked] = ["POST leases", "DELETE leases/:id"];

/** A lease that a slow server is creating, and the controller that aborts the call. */
async function startCreating() {
  const started = await start();
  await started.client.auth().login();
  started.server.fail({ method: "POST" }, { delay: 1000 });
  const controller = new AbortController();
  const call = started.api.leases.create({ ...cache, signal: controller.signal });
  call.catch(() => undefined);
  await expect.poll(() => stepsOf(started.server)).toEqual([created]);
  return { ...started, controller, call };
}

test("an abort while a lease is being created rejects at once, and the lease is revoked when it arrives", async () => {
  const { server, controller, call } = await startCreating();
  controller.abort("no");
  await expect(call).rejects.toBe("no");
  expect(server.leases.list()).toEqual([]);
  server.clock.advance(1000);
  await expect.poll(() => stepsOf(server)).toEqual([created, revoked]);
  await expect.poll(() => server.leases.list()).toEqual([]);
});

test("a client that closes waits until an abandoned lease is revoked", async () => {
  const { server, client, controller, call } = await startCreating();
  controller.abort("no");
  await expect(call).rejects.toBe("no");
  const closed = client.close();
  server.clock.advance(1000);
  await closed;
  expect(stepsOf(server)).toEqual([created, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("a lease that has arrived stays, whatever its signal does afterwards", async () => {
  const { server, client, controller, call } = await startCreating();
  server.clock.advance(1000);
  await call;
  controller.abort("late");
  await client.close();
  expect(stepsOf(server)).toEqual([created]);
  expect(server.leases.list()).toHaveLength(1);
});

test("an abandoned lease that cannot be revoked is a process warning without its credentials", async () => {
  const warnings = warningsOf();
  const { server, controller, call } = await startCreating();
  server.fail({ method: "DELETE" }, { status: 500 });
  controller.abort("no");
  await expect(call).rejects.toBe("no");
  server.clock.advance(1000);
  await expect.poll(() => warnings).toHaveLength(1);
  const [lease] = server.leases.list();
  expect(warnings[0]).toContain(lease?.id);
  expect(warnings[0]).not.toContain(lease?.data["DB_PASSWORD"]);
});

test("a signal that has already aborted: no lease is created", async () => {
  const { server, api } = await start();
  const call = api.leases.create({ ...cache, signal: AbortSignal.abort("no") });
  await expect(call).rejects.toBe("no");
  expect(server.requests).toEqual([]);
});

const unknown: [string, Failure][] = [
  ["CONNECTION_LOST", { drop: "after" }],
  ["INVALID_RESPONSE", { truncate: "body" }],
  ["TIMEOUT", { stall: "body" }],
  ["SERVER_ERROR", { status: 503 }],
  ["SERVER_ERROR", { status: 504 }],
];

test.each(unknown)(
  "%s by %j while a lease is being created: the error says where to look",
  async (_, failure) => {
    const { server, api } = await start();
    await api.list(location);
    for (const create of [
      () => api.leases.create({ ...cache, timeout: 500 }),
      () => api.leases.use({ ...cache, timeout: 500 }, () => expect.unreachable()),
    ]) {
      server.fail({ method: "POST", path: /leases$/ }, failure);
      const error = await create().catch((error: unknown) => error);
      expect(isInfisicalError(error)).toBe(true);
      expect(error).toMatchObject({
        message: expect.stringMatching(/A lease may have been created anyway: .*leases\.list of "cache"/),
      });
    }
  },
);

test.each<[string, Failure]>([
  ["a refusal", { status: 403 }],
  ["a server that fails", { status: 500 }],
])("%s while a lease is being created: the error mentions no lease", async (_, failure) => {
  const { server, api } = await start();
  server.fail({ method: "POST", path: /leases$/ }, failure);
  const error = await api.leases.create(cache).catch((error: unknown) => error);
  expect((error as Error).message).not.toContain("may have been created");
});

test("a hundred leases that share a signal cause no warning, and leave no listener", async () => {
  const warnings = warningsOf();
  const { server, api } = await start();
  const { signal } = new AbortController();
  let listeners = 0;
  for (const [method, change] of [
    ["addEventListener", 1],
    ["removeEventListener", -1],
  ] as const) {
    const original = signal[method].bind(signal) as (...given: unknown[]) => void;
    signal[method] = (...given: unknown[]) => {
      listeners += change;
      original(...given);
    };
  }
  await Promise.all(Array.from({ length: 50 }, () => api.leases.use({ ...cache, signal }, () => 1)));
  await Promise.all(Array.from({ length: 50 }, () => api.leases.create({ ...cache, signal })));
  expect(warnings).toEqual([]);
  expect(listeners).toBe(0);
  expect(server.leases.list()).toHaveLength(50);
});
