import { isInfisicalError, type Middleware } from "@infisical/core";
import { expect, test } from "vitest";
import type { Lease } from "../src/index.ts";
import { exampleInputs } from "./support/example-providers.ts";
import { aborted, answered, open } from "./support/passing.ts";
import { place, redisInputs, type StartOptions, start, stepsOf } from "./support/start.ts";
import { warningsOf } from "./support/warnings.ts";

const cache = { ...place, dynamicSecretName: "cache" } as const;
const [taken, renewed, revoked] = ["POST leases", "POST leases/:id/renew", "DELETE leases/:id"];

/** A use whose function only waits; gives what it saw. */
async function startUse(options: StartOptions & { signal?: AbortSignal; timeout?: number } = {}) {
  const { server, api } = await start(options);
  const work = open<string>();
  const lease = open<{ signal: AbortSignal; lease: Lease; data: unknown }>();
  const failures: { error: Error; lease: Lease }[] = [];
  const call = api.leases.use(
    {
      ...cache,
      signal: options.signal,
      timeout: options.timeout,
      onGiveBackFailed: (error, lease) => failures.push({ error, lease }),
    },
    (inUse) => {
      lease.resolve(inUse);
      return work.promise;
    },
  );
  // What it comes to is looked at later; until then a rejection is no accident.
  call.catch(() => undefined);
  return { server, api, work, call, failures, ...(await lease.promise) };
}

test.each<[string, StartOptions, RegExp]>([
  [
    "a provider that refuses",
    { seed: { type: "github", inputs: { ...exampleInputs.github } } },
    /github cannot be renewed/,
  ],
  [
    "a provider without its statement",
    { seed: { inputs: { ...redisInputs, renewStatement: undefined } } },
    /Something went wrong/,
  ],
  ["a maximum that is reached", { seed: { maxTTL: "90s" } }, /no more time is left of its maxTTL, 90s/],
])(
  "a lease that cannot be renewed, by %s: the signal aborts before the credentials end",
  async (_, options, why) => {
    const { server, work, call, signal, lease, failures } = await startUse(options);
    const { at, reason } = await aborted(server, signal, 60_000);
    expect(reason).toMatchObject({ code: "LEASE_NOT_RENEWED", message: expect.stringMatching(why) });
    expect(at).toBeGreaterThan(Date.parse(lease.expireAt) - 10_000);
    expect(at).toBeLessThan(Date.parse(lease.expireAt));
    // The function comes to its own end, and that is the call's.
    work.resolve("as far as I got");
    expect(await call).toBe("as far as I got");
    expect(stepsOf(server).at(-1)).toBe(revoked);
    expect(server.leases.list()).toEqual([]);
    expect(failures).toEqual([]);
  },
);

test("a maxTTL that nobody can read, which servers take, limits nothing", async () => {
  const { server, work, call, signal } = await startUse({ seed: { maxTTL: "1h30m" } });
  server.clock.advance(40_000);
  await answered(server, renewed);
  expect(signal.aborted).toBe(false);
  work.resolve("done");
  expect(await call).toBe("done");
});

test("a permission that is gone: the reason holds the server's refusal", async () => {
  const { server, work, call, signal } = await startUse();
  server.fail({ path: /renew$/ }, { status: 403, body: { error: "PermissionDenied", message: "no lease" } });
  const { reason } = await aborted(server, signal, 60_000);
  expect(reason.cause).toMatchObject({ code: "FORBIDDEN", statusCode: 403 });
  work.reject(reason);
  await expect(call).rejects.toBe(reason);
  expect(stepsOf(server)).toEqual([taken, renewed, revoked]);
});

test("renewals that stall: the signal aborts before the credentials end", async () => {
  const { server, work, call, signal, lease } = await startUse({ timeout: 60_000 });
  server.fail({ path: /renew$/, times: 100 }, { stall: "headers" });
  server.fail({ method: "GET", path: /leases/, times: 100 }, { stall: "headers" });
  const { at, reason } = await aborted(server, signal, 60_000);
  expect(reason).toMatchObject({ code: "LEASE_NOT_RENEWED", message: expect.stringMatching(/in time/) });
  expect(at).toBeLessThan(Date.parse(lease.expireAt));
  expect(stepsOf(server).filter((step) => step === renewed).length).toBeGreaterThan(1);
  work.resolve("");
  await call;
});

test("a lease that somebody else deleted: the signal aborts with the first renewal", async () => {
  const { server, api, work, call, signal, lease, failures } = await startUse();
  await api.leases.delete(lease.id, place);
  server.clock.advance(40_000);
  await expect.poll(() => signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ code: "LEASE_NOT_RENEWED", cause: { code: "NOT_FOUND" } });
  work.resolve("result");
  expect(await call).toBe("result");
  expect(failures).toEqual([]);
});

test("a function that goes on past the end: its result counts, and nothing is reported", async () => {
  const { server, work, call, signal, failures } = await startUse({ seed: { maxTTL: "1m" } });
  await aborted(server, signal, 60_000);
  server.clock.advance(60_000);
  work.resolve("late");
  expect(await call).toBe("late");
  expect(failures).toEqual([]);
});

test("an abort of the caller's: the call rejects with the reason, without waiting for the function", async () => {
  const controller = new AbortController();
  const { server, call, signal } = await startUse({ signal: controller.signal });
  const reason = new Error("the caller's own");
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(signal.reason).toBe(reason);
  expect(stepsOf(server)).toEqual([taken, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("an abort during a renewal ends that as well", async () => {
  const controller = new AbortController();
  const { server, call } = await startUse({ signal: controller.signal });
  server.fail({ path: /renew$/ }, { stall: "headers" });
  server.clock.advance(40_000);
  await expect.poll(() => stepsOf(server)).toEqual([taken, renewed]);
  controller.abort("enough");
  await expect(call).rejects.toBe("enough");
  expect(stepsOf(server)).toEqual([taken, renewed, revoked]);
});

test("a signal that has aborted already: nothing is taken", async () => {
  const { server, api } = await start();
  const call = api.leases.use({ ...cache, signal: AbortSignal.abort("no") }, () => expect.unreachable());
  await expect(call).rejects.toBe("no");
  expect(stepsOf(server)).toEqual([]);
});

test("what is no function is refused before a lease is taken", async () => {
  const { server, api } = await start();
  await expect(api.leases.use(cache, undefined as never)).rejects.toThrow(/^work must be a function/);
  const options = { ...cache, onGiveBackFailed: "log" as never };
  await expect(api.leases.use(options, () => 1)).rejects.toThrow(/^onGiveBackFailed must be .*got "log"/);
  expect(server.requests).toEqual([]);
});

test("an abort while the lease is being taken: the function is not run", async () => {
  const { server, api } = await start();
  const controller = new AbortController();
  server.fail({ path: /leases$/ }, { stall: "headers" });
  const call = api.leases.use({ ...cache, signal: controller.signal }, () => expect.unreachable());
  call.catch(() => undefined);
  await expect.poll(() => stepsOf(server)).toEqual([taken]);
  controller.abort("no");
  await expect(call).rejects.toBe("no");
});

test("an abort that comes with the lease: the function is not run, and the lease is revoked", async () => {
  const controller = new AbortController();
  const middleware: Middleware = async (request, next) => {
    const response = await next(request);
    controller.abort("no");
    return response;
  };
  const { server, api } = await start({ middleware: [middleware] });
  const call = api.leases.use({ ...cache, signal: controller.signal }, () => expect.unreachable());
  await expect(call).rejects.toBe("no");
  await expect.poll(() => server.leases.list()).toEqual([]);
  expect(stepsOf(server)).toEqual([taken, revoked]);
});

test("an abort while the lease is made rejects at once, and what the server made is revoked", async () => {
  const { server, client, api } = await start();
  await client.auth().login();
  server.fail({ method: "POST" }, { delay: 1000 });
  const controller = new AbortController();
  const call = api.leases.use({ ...cache, signal: controller.signal }, () => expect.unreachable());
  const rejected = expect(call).rejects.toBe("no");
  await expect.poll(() => stepsOf(server)).toEqual([taken]);
  controller.abort("no");
  await rejected;
  server.clock.advance(1000);
  await expect.poll(() => stepsOf(server)).toEqual([taken, revoked]);
  await expect.poll(() => server.leases.list()).toEqual([]);
});

test("a lease that is refused: the function is not run", async () => {
  const { api } = await start({ dynamicSecrets: { leaseLimit: 0 } });
  const call = api.leases.use(cache, () => expect.unreachable());
  await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a revocation that failed is reported, and hides neither result nor error", async () => {
  const details = "the user owns tables";
  const returned = await startUse();
  returned.server.leases.failRevocations({ message: details });
  returned.work.resolve("result");
  expect(await returned.call).toBe("result");
  expect(returned.failures).toMatchObject([
    { error: { code: "REVOCATION_FAILED" }, lease: { id: returned.lease.id, statusDetails: details } },
  ]);
  expect(isInfisicalError(returned.failures[0]?.error)).toBe(true);

  const thrown = await startUse();
  thrown.server.leases.failRevocations();
  thrown.work.reject(new Error("mine"));
  await expect(thrown.call).rejects.toThrow(/^mine$/);
  expect(thrown.failures).toHaveLength(1);
});

test("a revocation that the server does not take is reported", async () => {
  const { server, work, call, failures } = await startUse();
  server.fail({ method: "DELETE" }, { status: 500 });
  work.resolve("result");
  expect(await call).toBe("result");
  expect(failures).toMatchObject([{ error: { code: "SERVER_ERROR" } }]);
});

const thenableThatThrows = {
  // biome-ignore lint/suspicious/noThenProperty: it is what a careless caller returns.
  get then(): never {
    throw new Error("of the thenable");
  },
};

test.each<[string, (() => unknown) | undefined]>([
  ["nobody to tell", undefined],
  [
    "a callback that throws",
    () => {
      throw new Error("of the callback");
    },
  ],
  [
    "a callback that throws no error",
    () => {
      throw undefined;
    },
  ],
  ["a callback that rejects", async () => Promise.reject(new Error("of the callback"))],
  ["a callback that rejects with nothing", async () => Promise.reject()],
  ["a callback that gives a thenable that throws", () => thenableThatThrows],
])("with %s, a failed revocation is a process warning without credentials", async (_, onGiveBackFailed) => {
  const warnings = warningsOf();
  const { server, api } = await start();
  server.leases.failRevocations({ message: "DROP secret-detail" });
  let password = "";
  const call = api.leases.use({ ...cache, provider: "redis", onGiveBackFailed }, ({ data }) => {
    password = data.DB_PASSWORD;
    return "result";
  });
  expect(await call).toBe("result");
  await expect.poll(() => warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/InfisicalWarning: .*INFISICAL_LEASE_NOT_GIVEN_BACK/s);
  expect(warnings[0]).not.toContain(password);
  expect(warnings[0]).not.toContain("secret-detail");
});

test("a callback that never settles holds nothing up, and a process that cannot be warned harms nobody", async ({
  onTestFinished,
}) => {
  const { emitWarning } = process;
  onTestFinished(() => {
    process.emitWarning = emitWarning;
  });
  process.emitWarning = () => {
    throw new Error("of the process");
  };
  const { server, api } = await start();
  server.leases.failRevocations({ times: 2 });
  expect(
    await api.leases.use({ ...cache, onGiveBackFailed: () => new Promise(() => undefined) }, () => 1),
  ).toBe(1);
  expect(await api.leases.use(cache, () => 2)).toBe(2);
  // An unhandled rejection would fail the test.
  await new Promise((resolve) => setImmediate(resolve));
});

test.each([["text"], [undefined], [Object.create(null)], [Symbol("s")]])(
  "a middleware that throws %o at the revocation: the callback gets an error",
  async (thrown) => {
    const middleware: Middleware = (request, next) => {
      if (request.method === "DELETE") throw thrown;
      return next(request);
    };
    const { api } = await start({ middleware: [middleware] });
    const failures: unknown[] = [];
    const options = { ...cache, onGiveBackFailed: (error: Error) => failures.push(error) };
    expect(await api.leases.use(options, () => 1)).toBe(1);
    expect(failures).toEqual([expect.any(Error)]);
  },
);

test("a lease whose dates cannot be read is revoked", async () => {
  const { server, api } = await start();
  const id = "33d89f45-ddba-48e7-82f2-2bc7790a9ed2";
  const lease = { id, createdAt: "yesterday", expireAt: "soon" };
  const dynamicSecret = { id, name: "cache", type: "redis" };
  server.fail({ path: /leases$/ }, { status: 200, body: { lease, dynamicSecret, data: {} } });
  const call = api.leases.use(
    cache,
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  await expect(call).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  await answered(server, revoked);
});
