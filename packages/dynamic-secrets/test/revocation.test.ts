import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { silentGateway } from "./support/gateway.ts";
import { location, requestsOf, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;
const [created, revoked] = ["POST leases", "DELETE leases/:id"];

/** Uses a lease whose function returns after it has run `before`; returns what was reported. */
async function use(
  { server, api }: Awaited<ReturnType<typeof start>>,
  before: () => void = () => undefined,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  const options = { ...cache, onRevokeFailed: (error: Error) => failures.push(error) };
  const result = await api.leases.use(options, () => {
    before();
    return "result";
  });
  expect(result).toBe("result");
  expect(server.leases.list()).toEqual([]);
  return failures;
}

const passing: [string, Failure][] = [
  ["an unavailable server", { status: 503 }],
  ["a bad gateway", { status: 502 }],
  ["a connection that breaks before the work", { drop: "before" }],
  ["a connection that breaks after the work", { drop: "after" }],
  ["a response that is cut off after the work", { truncate: "connection" }],
];

test.each(passing)(
  "%s once when a lease in use is revoked: the revocation is retried, and no lease remains",
  async (_, failure) => {
    const started = await start();
    started.server.fail({ method: "DELETE" }, failure);
    expect(await use(started)).toEqual([]);
    expect(stepsOf(started.server)).toEqual([created, revoked, revoked]);
  },
);

test("a revocation whose response stalls is retried", async () => {
  const { server, api } = await start();
  const failures: unknown[] = [];
  server.fail({ method: "DELETE" }, { stall: "body" });
  const options = { ...cache, timeout: 500, onRevokeFailed: (error: Error) => failures.push(error) };
  expect(await api.leases.use(options, () => 1)).toBe(1);
  expect(failures).toEqual([]);
  expect(server.leases.list()).toEqual([]);
});

test("revoking keeps to the timeout of the call", async () => {
  const seen: unknown[] = [];
  const { api } = await start({
    middleware: [
      (request, next) => {
        seen.push([request.method, request.timeout]);
        return next(request);
      },
    ],
  });
  await api.leases.use({ ...cache, timeout: "7s" }, () => 1);
  expect(seen).toEqual([
    ["POST", 7000],
    ["DELETE", 7000],
  ]);
});

test("connections that a gateway closes while the function computes: no lease remains", async () => {
  const gateway = silentGateway();
  const started = await start({ gateway: gateway.start });
  for (let round = 0; round < 5; round += 1) {
    expect(await use(started, () => gateway.closeWhileBlocked())).toEqual([]);
  }
});

test("connections that a gateway closes before a leases.delete: the lease is deleted", async () => {
  const gateway = silentGateway();
  const { server, api } = await start({ gateway: gateway.start });
  const { lease } = await api.leases.create(cache);
  gateway.closeWhileBlocked();
  expect((await api.leases.delete(lease.id, location)).lease.id).toBe(lease.id);
  expect(server.leases.list()).toEqual([]);
});

test.each<[string, Failure]>([
  ["an unavailable server", { status: 503 }],
  ["a connection that breaks before the work", { drop: "before" }],
])("%s once: leases.delete is retried, and resolves to the lease", async (_, failure) => {
  const { server, api } = await start();
  const { lease } = await api.leases.create(cache);
  server.fail({ method: "DELETE" }, failure);
  expect((await api.leases.delete(lease.id, location)).lease).toEqual(lease);
  expect(server.leases.list()).toEqual([]);
});

test("a leases.delete whose response was lost: NOT_FOUND, which says that it may already have taken effect", async () => {
  const { server, api } = await start();
  const { lease } = await api.leases.create(cache);
  server.fail({ method: "DELETE" }, { drop: "after" });
  await expect(api.leases.delete(lease.id, location)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("an earlier attempt of this one whose response was lost"),
  });
  expect(server.leases.list()).toEqual([]);
});

test("a revocation that always fails is retried as often as a read, and then reported", async () => {
  const { server, api } = await start();
  const failures: unknown[] = [];
  server.fail({ method: "DELETE", times: 100 }, { status: 503 });
  const options = { ...cache, onRevokeFailed: (error: Error) => failures.push(error) };
  expect(await api.leases.use(options, () => "result")).toBe("result");
  expect(failures).toMatchObject([{ statusCode: 503 }]);
  expect(requestsOf(server).filter(({ method }) => method === "DELETE")).toHaveLength(5);
});
