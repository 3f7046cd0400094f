import { expect, test } from "vitest";
import { failureOf, jumpingClock, start, withResolvers } from "#test-kit";
import type { ClientEvent, Clock, EventListener, EventType, Middleware } from "../src/index.ts";
import { list, renewPath, tokensLasting } from "./calls.ts";

/** Collects events, each of which another listener sees as well. */
function collector(also: EventListener = () => undefined) {
  const events: ClientEvent[] = [];
  return {
    onEvent: (event: ClientEvent): void => {
      events.push(event);
      also(event);
    },
    types: () => events.map(({ type }) => type),
    only: <Type extends EventType>(type: Type) =>
      events.filter((event): event is Extract<ClientEvent, { type: Type }> => event.type === type),
  };
}

const frozen = { clock: { frozen: true } } as const;
const tokenRefusal = { status: 401, body: { error: "TokenError", message: "Token expired" } };

test("a wait that its caller ends counts as far as it lasted", async () => {
  const controller = new AbortController();
  const { onEvent, only } = collector(({ type }) => {
    if (type !== "call-waiting") return;
    queueMicrotask(() => {
      server.clock.advance(5000);
      controller.abort();
    });
  });
  const { server, client, location } = await start({ onEvent, server: frozen });
  server.fail({ method: "GET" }, { rateLimit: { retryAfter: 30 } });
  await failureOf(list(client, location, controller.signal));
  expect(only("call-ended")).toMatchObject([{ outcome: "aborted", attempts: 1, waited: 5000 }]);
});

test("a call that ends before it is sent counts no attempt", async () => {
  const controller = new AbortController();
  const { onEvent, only } = collector(({ type }) => {
    if (type === "call-waiting") queueMicrotask(() => controller.abort());
  });
  const { client, location } = await start({ onEvent, maxConcurrent: 1 });
  await list(client, location);
  await failureOf(list(client, location, AbortSignal.abort()));
  await Promise.all([list(client, location), failureOf(list(client, location, controller.signal))]);
  const ended = only("call-ended").map(({ outcome, attempts }) => `${outcome} ${attempts}`);
  expect(ended.sort()).toEqual(["aborted 0", "aborted 0", "succeeded 1", "succeeded 1"]);
});

test("attempts are numbered across the replay with another token, whose refusal is told as well", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent, clock: jumpingClock() });
  await list(client, location);
  server.fail({ method: "GET" }, tokenRefusal);
  server.fail({ method: "GET" }, { status: 503 });
  server.fail({ method: "GET" }, tokenRefusal);
  const error = await failureOf(list(client, location));
  expect(only("retry-scheduled")).toMatchObject([{ attempt: 2 }]);
  expect(only("token-refused").length).toBe(2);
  expect(only("call-ended").at(-1)).toMatchObject({ code: "UNAUTHORIZED", attempts: 3 });
  expect(error.attempts).toBe(3);
});

test("calls that are limited together tell of one pause, and a longer one is told again", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent, server: frozen });
  await list(client, location);
  server.fail({ method: "GET", times: 3 }, { rateLimit: { retryAfter: 10 } });
  server.fail({ method: "GET" }, { rateLimit: { retryAfter: 30 } });
  const calls = Promise.all([1, 2, 3, 4].map(() => list(client, location)));
  await expect.poll(() => only("retry-scheduled").length).toBe(4);
  expect(only("cool-down-started").map(({ delay }) => delay)).toEqual([10_000, 30_000]);
  server.clock.advance(30_000);
  await calls;
});

test("a listener that aborts a call that waits for a slot keeps it from being sent", async () => {
  const controller = new AbortController();
  const { server, connect, location } = await start();
  const { signal } = new AbortController();
  const client = connect({
    maxConcurrent: 1,
    transport: (request) => server.transport({ ...request, signal }),
    onEvent: ({ type }) => {
      if (type === "call-waiting") controller.abort();
    },
  });
  await list(client, location);
  await Promise.all([list(client, location), failureOf(list(client, location, controller.signal))]);
  await list(client, location);
  expect(server.requests.filter(({ method }) => method === "GET").length).toBe(3);
});

test("a login whose strategy never settles ends when its time is up", async () => {
  const { onEvent, types, only } = collector();
  const auth = { name: "stuck-auth", login: () => withResolvers<never>().promise };
  const { connect, location } = await start();
  await failureOf(list(connect({ onEvent, auth, timeout: 20 }), location));
  expect(types()).toEqual(["call-started", "login-started", "login-ended", "call-ended"]);
  expect(only("login-ended")).toMatchObject([{ outcome: "failed", code: "TIMEOUT" }]);
});

test("a renewal in flight when the client closes has not failed", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent, server: tokensLasting(100, 1000) });
  await list(client, location);
  server.fail({ path: renewPath }, { stall: "headers" });
  server.clock.advance(96_000);
  await list(client, location);
  await client.close();
  await expect.poll(() => only("login-ended").length).toBe(2);
  expect(only("login-ended").at(-1)).toMatchObject({ kind: "renewal", outcome: "aborted" });
});

test("a listener can make a call when a renewal begins, and that call does not begin another", async () => {
  const calls: Promise<unknown>[] = [];
  const { onEvent, only } = collector((event) => {
    const isRenewal = event.type === "login-started" && event.kind === "renewal";
    if (isRenewal && calls.length < 10) calls.push(list(client, location));
  });
  const { server, client, location } = await start({ onEvent, server: tokensLasting(100, 1000) });
  await list(client, location);
  server.clock.advance(96_000);
  await list(client, location);
  await Promise.all(calls);
  expect(only("login-started").map(({ kind }) => kind)).toEqual(["login", "renewal"]);
});

test.each<[string, () => unknown]>([
  ["returns nothing", () => undefined],
  ["throws", () => expect.unreachable()],
  ["rejects", () => Promise.reject(new Error("no timer"))],
])("a clock whose sleep %s harms no login that somebody watches", async (_, sleep) => {
  const clock: Clock = { now: () => Date.now(), sleep: sleep as Clock["sleep"] };
  const { onEvent, only } = collector();
  const { connect, location } = await start();
  await list(connect({ onEvent, clock }), location);
  expect(only("login-ended")).toMatchObject([{ outcome: "succeeded" }]);
});

test("a call that its caller aborts with an error of this SDK is aborted, and the error stays as it was", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent });
  await list(client, location);
  server.fail({ method: "GET" }, { status: 403, body: { error: "PermissionDenied", message: "No" } });
  const reason = await failureOf(list(client, location));
  const { stack } = reason;
  expect(await failureOf(list(client, location, AbortSignal.abort(reason)))).toBe(reason);
  expect(reason).toMatchObject({ stack, attempts: 1 });
  Object.freeze(reason);
  expect(await failureOf(list(client, location, AbortSignal.abort(reason)))).toBe(reason);
  expect(only("call-ended").map(({ outcome }) => outcome)).toEqual([
    ...["succeeded", "failed", "aborted", "aborted"],
  ]);
});

test("a duration is not negative, even if the clock is set back", async () => {
  let now = 1000;
  const { onEvent, only } = collector(() => {
    now -= 100;
  });
  const clock: Clock = { now: () => now, sleep: () => withResolvers<void>().promise };
  const { connect, location } = await start();
  await list(connect({ onEvent, clock }), location);
  expect([...only("login-ended"), ...only("call-ended")].map(({ duration }) => duration)).toEqual([0, 0]);
});

test("a request that one client passes to another tells nothing on behalf of the first", async () => {
  const first = collector();
  const tell: Middleware = (request, next) => {
    request.emit?.("cache-hit", { age: 0 });
    return next(request);
  };
  const { connect, location } = await start();
  const other = connect({ middleware: [tell] });
  const pass: Middleware = async (request) => ({
    ...{ status: 200, headers: {} },
    body: await other.request({ ...request }),
  });
  await list(connect({ onEvent: first.onEvent, middleware: [pass] }), location);
  expect(first.types()).toEqual(["call-started", "call-ended"]);
});
