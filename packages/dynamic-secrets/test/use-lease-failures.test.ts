import {
  InfisicalSDKError,
  InfisicalSDKRequestError,
  isInfisicalError,
  type Middleware,
} from "@infisical/core";
import { expect, test } from "vitest";
import { warningsOf, withResolvers } from "#test-kit";
import type { Lease } from "../src/index.ts";
import { exampleInputs } from "./support/example-providers.ts";
import { aborted, answered } from "./support/passing.ts";
import { location, type StartOptions, start, stepsOf } from "./support/start.ts";

const cache = { ...location, dynamicSecretName: "cache" } as const;
const [created, renewed, revoked] = ["POST leases", "POST leases/:id/renew", "DELETE leases/:id"];

/** Starts a use whose function only waits; returns what it received. */
async function startUse(options: StartOptions & { signal?: AbortSignal; timeout?: number } = {}) {
  const { server, api } = await start(options);
  const work = withResolvers<string>();
  const lease = withResolvers<{ signal: AbortSignal; lease: Lease; data: unknown }>();
  const failures: { error: Error; lease: Lease }[] = [];
  const call = api.leases.use(
    {
      ...cache,
      signal: options.signal,
      timeout: options.timeout,
      onRevokeFailed: (error, lease) => failures.push({ error, lease }),
    },
    (inUse) => {
      lease.resolve(inUse);
      return work.promise;
    },
  );
  // The outcome is checked later; until then, a rejection must not count as unhandled.
  call.catch(() => undefined);
  return { server, api, work, call, failures, ...(await lease.promise) };
}

test.each<[string, StartOptions, RegExp]>([
  [
    "a provider that cannot renew",
    { seed: { type: "github", inputs: { ...exampleInputs.github } } },
    /does not support renewal/,
  ],
  ["a maxTTL that is used up", { seed: { maxTTL: "90s" } }, /its maxTTL of 90s is used up/],
])(
  "a lease that cannot be renewed because of %s: the signal aborts before the credentials expire",
  async (_, options, why) => {
    const { server, work, call, signal, lease, failures } = await startUse(options);
    const { at, reason } = await aborted(server, signal, 60_000);
    expect(reason).toMatchObject({ code: "LEASE_NOT_RENEWED", message: expect.stringMatching(why) });
    expect(at).toBeGreaterThan(Date.parse(lease.expireAt) - 10_000);
    expect(at).toBeLessThan(Date.parse(lease.expireAt));
    // The function finishes, and its result is the call's.
    work.resolve("as far as I got");
    expect(await call).toBe("as far as I got");
    expect(stepsOf(server).at(-1)).toBe(revoked);
    expect(server.leases.list()).toEqual([]);
    expect(failures).toEqual([]);
  },
);

test("a renewal that the server accepts without adding time: the reason says so", async () => {
  const { server, work, call, signal, lease } = await startUse({ seed: { maxTTL: null } });
  server.fail({ path: /renew$/, times: 100 }, { status: 200, body: { lease } });
  const { at, reason } = await aborted(server, signal, 60_000);
  expect(reason).toMatchObject({
    code: "LEASE_NOT_RENEWED",
    message: expect.stringMatching(/the server adds no more time\.$/),
  });
  expect(at).toBeLessThan(Date.parse(lease.expireAt));
  work.resolve("");
  await call;
});

test("an unreadable maxTTL, which servers accept, limits nothing", async () => {
  const { server, work, call, signal } = await startUse({ seed: { maxTTL: "1h30m" } });
  server.clock.advance(40_000);
  await answered(server, renewed);
  expect(signal.aborted).toBe(false);
  work.resolve("done");
  expect(await call).toBe("done");
});

test.each([
  ["a permission that was removed", 403, "PermissionDenied", "FORBIDDEN"],
  ["a ttl that the server no longer takes", 400, "BadRequest", "BAD_REQUEST"],
  ["fields that the server no longer knows", 422, "ValidationFailure", "VALIDATION_FAILED"],
])("%s: renewing is not tried again, and the reason contains the refusal", async (_, status, error, code) => {
  const { server, work, call, signal } = await startUse();
  server.fail({ path: /renew$/ }, { status, body: { error, message: "no lease" } });
  const { reason } = await aborted(server, signal, 60_000);
  expect(reason.cause).toMatchObject({ code, statusCode: status });
  work.reject(reason);
  await expect(call).rejects.toBe(reason);
  expect(stepsOf(server)).toEqual([created, renewed, revoked]);
});

test("renewals that stall: the signal aborts before the credentials expire", async () => {
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

test("a lease that another client deleted: the signal aborts at the first renewal", async () => {
  const { server, api, work, call, signal, lease, failures } = await startUse();
  await api.leases.delete(lease.id, location);
  server.clock.advance(40_000);
  await expect.poll(() => signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ code: "LEASE_NOT_RENEWED", cause: { code: "NOT_FOUND" } });
  work.resolve("result");
  expect(await call).toBe("result");
  expect(failures).toEqual([]);
});

test("a function that continues after the lease expires: its result counts, and nothing is reported", async () => {
  const { server, work, call, signal, failures } = await startUse({ seed: { maxTTL: "1m" } });
  await aborted(server, signal, 60_000);
  server.clock.advance(60_000);
  work.resolve("late");
  expect(await call).toBe("late");
  expect(failures).toEqual([]);
});

test("an abort by the caller: the call rejects with the reason, without waiting for the function", async () => {
  const controller = new AbortController();
  const { server, call, signal } = await startUse({ signal: controller.signal });
  const reason = new Error("the caller's own");
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(signal.reason).toBe(reason);
  expect(stepsOf(server)).toEqual([created, revoked]);
  expect(server.leases.list()).toEqual([]);
});

test("an abort during a renewal ends the renewal too", async () => {
  const controller = new AbortController();
  const { server, call } = await startUse({ signal: controller.signal });
  server.fail({ path: /renew$/ }, { stall: "headers" });
  server.clock.advance(40_000);
  await expect.poll(() => stepsOf(server)).toEqual([created, renewed]);
  controller.abort("enough");
  await expect(call).rejects.toBe("enough");
  expect(stepsOf(server)).toEqual([created, renewed, revoked]);
});

test("a signal that has already aborted: no lease is created", async () => {
  const { server, api } = await start();
  const call = api.leases.use({ ...cache, signal: AbortSignal.abort("no") }, () => expect.unreachable());
  await expect(call).rejects.toBe("no");
  expect(stepsOf(server)).toEqual([]);
});

test("a value that is not a function is rejected before a lease is created", async () => {
  const { server, api } = await start();
  await expect(api.leases.use(cache, undefined as never)).rejects.toThrow(/^work must be a function/);
  const options = { ...cache, onRevokeFailed: "log" as never };
  await expect(api.leases.use(options, () => 1)).rejects.toThrow(/^onRevokeFailed must be .*got a string/);
  expect(server.requests).toEqual([]);
});

test("an abort while the lease is being created: the function does not run", async () => {
  const { server, api } = await start();
  const controller = new AbortController();
  server.fail({ path: /leases$/ }, { stall: "headers" });
  const call = api.leases.use({ ...cache, signal: controller.signal }, () => expect.unreachable());
  call.catch(() => undefined);
  await expect.poll(() => stepsOf(server)).toEqual([created]);
  controller.abort("no");
  await expect(call).rejects.toBe("no");
});

test("an abort at the moment the lease arrives: the function does not run, and the lease is revoked", async () => {
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
  expect(stepsOf(server)).toEqual([created, revoked]);
});

test("an abort while the server creates the lease rejects at once, and the lease is revoked when it arrives", async () => {
  const { server, client, api } = await start();
  await client.auth().login();
  server.fail({ method: "POST" }, { delay: 1000 });
  const controller = new AbortController();
  const call = api.leases.use({ ...cache, signal: controller.signal }, () => expect.unreachable());
  const rejected = expect(call).rejects.toBe("no");
  await expect.poll(() => stepsOf(server)).toEqual([created]);
  controller.abort("no");
  await rejected;
  server.clock.advance(1000);
  await expect.poll(() => stepsOf(server)).toEqual([created, revoked]);
  await expect.poll(() => server.leases.list()).toEqual([]);
});

test("a lease that is refused: the function does not run", async () => {
  const { api } = await start({ dynamicSecrets: { leaseLimit: 0 } });
  const call = api.leases.use(cache, () => expect.unreachable());
  await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a revocation that failed is reported, and hides neither the result nor the error", async () => {
  const details = "the user owns tables";
  const returned = await startUse();
  returned.server.leases.failRevocations({ message: details });
  returned.work.resolve("result");
  expect(await returned.call).toBe("result");
  expect(returned.failures).toMatchObject([
    {
      error: {
        code: "REVOCATION_FAILED",
        message: "The provider failed to revoke the credentials, which might still work.",
      },
      lease: { id: returned.lease.id, statusDetails: details },
    },
  ]);
  expect(isInfisicalError(returned.failures[0]?.error)).toBe(true);

  const thrown = await startUse();
  thrown.server.leases.failRevocations();
  thrown.work.reject(new Error("mine"));
  await expect(thrown.call).rejects.toThrow(/^mine$/);
  expect(thrown.failures).toHaveLength(1);
});

test("a revocation that the server rejects is reported", async () => {
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
  ["no callback", undefined],
  [
    "a callback that throws",
    () => {
      throw new Error("of the callback");
    },
  ],
  [
    "a callback that throws something that is not an error",
    () => {
      throw undefined;
    },
  ],
  ["a callback that rejects", async () => Promise.reject(new Error("of the callback"))],
  ["a callback that rejects with nothing", async () => Promise.reject()],
  ["a callback that returns a thenable that throws", () => thenableThatThrows],
])("with %s, a failed revocation is a process warning without credentials", async (_, onRevokeFailed) => {
  const warnings = warningsOf();
  const { server, api } = await start();
  server.leases.failRevocations({ message: "DROP secret-detail" });
  let password = "";
  const call = api.leases.use({ ...cache, provider: "redis", onRevokeFailed }, ({ data }) => {
    password = data.DB_PASSWORD;
    return "result";
  });
  expect(await call).toBe("result");
  await expect.poll(() => warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/InfisicalWarning: .*INFISICAL_LEASE_NOT_REVOKED/s);
  expect(warnings[0]).not.toContain(password);
  expect(warnings[0]).not.toContain("secret-detail");
});

test("a callback that never settles delays nothing, and a process that cannot emit warnings does no harm", async ({
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
    await api.leases.use({ ...cache, onRevokeFailed: () => new Promise(() => undefined) }, () => 1),
  ).toBe(1);
  expect(await api.leases.use(cache, () => 2)).toBe(2);
  // An unhandled rejection would fail the test.
  await new Promise((resolve) => setImmediate(resolve));
});

test.each([["text"], [undefined], [Object.create(null)], [Symbol("s")]])(
  "a middleware that throws %o at the revocation: the callback receives an error",
  async (thrown) => {
    const middleware: Middleware = (request, next) => {
      if (request.method === "DELETE") throw thrown;
      return next(request);
    };
    const { api } = await start({ middleware: [middleware] });
    const failures: unknown[] = [];
    const options = { ...cache, onRevokeFailed: (error: Error) => failures.push(error) };
    expect(await api.leases.use(options, () => 1)).toBe(1);
    expect(failures).toEqual([new Error("something that is not an error was thrown.")]);
  },
);

const request = { method: "DELETE", url: "https://x.test/", requestId: "r1", statusCode: 400 } as const;

test.each<[string, (password: string) => Error, object]>([
  ["a plain error", (told) => new Error(`broken: ${told}`), { message: "broken: [redacted]" }],
  [
    "an error of the SDK",
    (told) => new InfisicalSDKError(`late: ${told}`, { code: "TIMEOUT" }),
    { message: "late: [redacted]", code: "TIMEOUT" },
  ],
  [
    "an error with details",
    (told) =>
      new InfisicalSDKRequestError(`no: ${told}`, {
        ...request,
        code: "BAD_REQUEST",
        details: [{ message: `cannot drop ${told}`, path: ["a", 0, null] }, told],
        retryAfter: 2,
      }),
    {
      ...request,
      message: "[URL=https://x.test/] [Method=DELETE] [StatusCode=400] no: [redacted]",
      code: "BAD_REQUEST",
      details: [{ message: "cannot drop [redacted]", path: ["a", 0, null] }, "[redacted]"],
      retryAfter: 2,
    },
  ],
  [
    "an error that quotes nothing",
    () => new RangeError("too far"),
    { name: "RangeError", message: "too far" },
  ],
])("%s at the revocation is reported without the credentials that it quotes", async (_, made, reported) => {
  let password = "";
  const middleware: Middleware = (request, next) => {
    if (request.method === "DELETE") throw made(password);
    return next(request);
  };
  const { api } = await start({ middleware: [middleware] });
  const failures: Error[] = [];
  const options = {
    ...cache,
    provider: "redis",
    onRevokeFailed: (error: Error) => failures.push(error),
  } as const;
  await api.leases.use(options, ({ data }) => {
    password = data.DB_PASSWORD;
  });
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject(reported);
});

test("what a middleware throws when a lease is created is the caller's to see, unchanged", async () => {
  const thrown = [new InfisicalSDKError("Late.", { code: "TIMEOUT" }), new Error("broken")];
  for (const error of thrown) {
    const middleware: Middleware = () => Promise.reject(error);
    const { api } = await start({ middleware: [middleware] });
    const failure = await api.leases.create(cache).catch((reason: unknown) => reason);
    expect(failure).toBe(error);
    expect(error.message).toMatch(/^(?:Late\.|broken)$/);
  }
});

test("a lease whose dates are not valid is revoked", async () => {
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
