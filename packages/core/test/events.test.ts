import { channel } from "node:diagnostics_channel";
import { expect, onTestFinished, test } from "vitest";
import { failureOf, jumpingClock, start, withResolvers } from "#test-kit";
import { type ClientEvent, createClient, type EventType, type Middleware } from "../src/index.ts";
import { create, list, listPath, loginPath, tokensLasting } from "./calls.ts";

/** Collects events, and resolves when one of a type arrives. */
function collector() {
  const events: ClientEvent[] = [];
  const waiting = new Map<EventType, () => void>();
  return {
    events,
    onEvent: (event: ClientEvent): void => {
      events.push(event);
      waiting.get(event.type)?.();
    },
    types: () => events.map(({ type }) => type),
    only: <Type extends EventType>(type: Type) =>
      events.filter((event): event is Extract<ClientEvent, { type: Type }> => event.type === type),
    arrival: (type: EventType): Promise<void> => new Promise((resolve) => waiting.set(type, resolve)),
  };
}

test("a call is seen from its start to its end, with the login that it waits for", async () => {
  const { onEvent, events, types } = collector();
  const { client, location } = await start({ onEvent });
  await list(client, location);
  expect(types()).toEqual(["call-started", "login-started", "login-ended", "call-ended"]);
  expect(new Set(events.map((event) => event.client)).size).toBe(1);
  expect(events.at(-1)).toEqual({
    type: "call-ended",
    at: expect.any(Number),
    client: expect.stringMatching(/^[a-z0-9]+$/),
    call: 1,
    operation: "GET",
    outcome: "succeeded",
    duration: expect.any(Number),
    attempts: 1,
    waited: 0,
  });
});

test("a retry says why the attempt failed and how long the wait is, and the end of the call counts both", async () => {
  const { onEvent, only } = collector();
  const clock = jumpingClock();
  const { server, client, location } = await start({ onEvent, clock });
  await list(client, location);
  const waitsBefore = clock.waits.length;
  server.fail({ method: "GET", times: 2 }, { status: 503 });
  await list(client, location);
  const retries = only("retry-scheduled");
  expect(retries).toMatchObject([
    { call: 3, attempt: 1, code: "SERVER_ERROR", statusCode: 503 },
    { call: 3, attempt: 2, code: "SERVER_ERROR", statusCode: 503 },
  ]);
  const waits = clock.waits.slice(waitsBefore);
  expect(retries.map(({ delay }) => delay)).toEqual(waits);
  const end = only("call-ended").at(-1);
  expect(end).toMatchObject({ outcome: "succeeded", attempts: 3 });
  expect(end?.waited).toBeCloseTo(waits.reduce((sum, wait) => sum + wait, 0));
});

test("a rate limit is told once for the client, and by every call that waits for its end", async () => {
  const { onEvent, only, arrival } = collector();
  const { server, client, location } = await start({ onEvent, server: { clock: { frozen: true } } });
  await list(client, location);
  server.fail({ method: "GET" }, { rateLimit: { retryAfter: 30 } });
  const isLimited = arrival("call-waiting");
  const first = list(client, location);
  await isLimited;
  const isWaiting = arrival("call-waiting");
  const second = list(client, location);
  await isWaiting;
  expect(only("cool-down-started")).toMatchObject([{ call: 3, delay: 30_000 }]);
  expect(only("call-waiting")).toMatchObject([
    { call: 3, reason: "rate-limit" },
    { call: 4, reason: "rate-limit" },
  ]);
  server.clock.advance(30_000);
  await Promise.all([first, second]);
  expect(only("call-ended").slice(1)).toMatchObject([{ waited: 30_000 }, { waited: 30_000 }]);
});

test("a call that waits for a slot says so", async () => {
  const { onEvent, only } = collector();
  const { client, location } = await start({ onEvent, maxConcurrent: 1 });
  await list(client, location);
  await Promise.all([list(client, location), list(client, location)]);
  expect(only("call-waiting")).toMatchObject([{ call: 4, reason: "slot" }]);
});

test("a login that takes two seconds is told while it lasts, and one that is over is not", async () => {
  const seen = collector();
  const proof = withResolvers<void>();
  const { server, connect, location } = await start({ server: { clock: { frozen: true } } });
  const issued = connect();
  await list(issued, location);
  const accessToken = issued.auth().getAccessToken() ?? "";
  const client = connect({
    onEvent: seen.onEvent,
    auth: { name: "slow-auth", login: () => proof.promise.then(() => ({ accessToken })) },
  });
  const started = seen.arrival("login-started");
  const call = list(client, location);
  await started;
  const slow = seen.arrival("login-slow");
  server.clock.advance(2000);
  await slow;
  proof.resolve();
  await call;
  server.clock.advance(2000);
  await list(client, location);
  expect(seen.only("login-slow")).toMatchObject([{ strategy: "slow-auth", kind: "login", elapsed: 2000 }]);
  expect(seen.only("login-ended")).toMatchObject([{ outcome: "succeeded", duration: 2000 }]);
});

test("a refused login is told with its code, and so is the call that waited for it", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent });
  server.fail({ path: loginPath }, { status: 401, body: { error: "UnauthorizedError", message: "No" } });
  await failureOf(list(client, location));
  expect(only("login-ended")).toMatchObject([{ outcome: "failed", code: "AUTH_FAILED", statusCode: 401 }]);
  expect(only("call-ended")).toMatchObject([{ outcome: "failed", code: "AUTH_FAILED", attempts: 0 }]);
});

test("a refused token and the login that replaces it are told, and the call counts both attempts", async () => {
  const { onEvent, only, types } = collector();
  const { server, client, location } = await start({ onEvent });
  await list(client, location);
  server.tokens.revoke();
  await list(client, location);
  expect(types().slice(4)).toEqual([
    "call-started",
    "token-refused",
    "login-started",
    "login-ended",
    "call-ended",
  ]);
  expect(only("token-refused")).toMatchObject([{ call: 3, statusCode: 401 }]);
  expect(only("call-ended").at(-1)).toMatchObject({ outcome: "succeeded", attempts: 2 });
});

test.each([
  [401, 2, "UNAUTHORIZED"],
  [400, 1, "BAD_REQUEST"],
])("if the call is then answered by %i, %i refused tokens are told", async (status, refusals, code) => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent });
  const refused = { error: "UnauthorizedError", message: "no" };
  server.fail({ path: listPath }, { status: 401, body: refused });
  server.fail({ path: listPath }, { status, body: { ...refused, error: "BadRequest" } });
  await failureOf(list(client, location));
  expect(only("token-refused")).toHaveLength(refusals);
  expect(only("call-ended")).toMatchObject([{ outcome: "failed", code, attempts: 2 }]);
});

test("a renewal is told as one", async () => {
  const { onEvent, only } = collector();
  const { server, client, location } = await start({ onEvent, server: tokensLasting(100, 1000) });
  await list(client, location);
  await client.auth().renew();
  expect(only("login-started").map(({ strategy }) => strategy)).toEqual(["universal-auth", "universal-auth"]);
  expect(only("login-ended").map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ["login", "succeeded"],
    ["renewal", "succeeded"],
  ]);
  expect(server.requests.length).toBe(3);
});

test("a call whose signal aborts ends as aborted, and a failure of middleware as failed", async () => {
  const { onEvent, only } = collector();
  const fail: Middleware = () => Promise.reject(new TypeError("broken"));
  const { client, connect, location } = await start({ onEvent });
  await failureOf(list(client, location, AbortSignal.abort(new Error("enough"))));
  await failureOf(list(connect({ onEvent, middleware: [fail] }), location));
  expect(only("call-ended").map(({ outcome, code }) => [outcome, code])).toEqual([
    ["aborted", undefined],
    ["failed", undefined],
  ]);
});

test("events tell what a call is about only with namesInEvents, and never a value", async () => {
  const silent = collector();
  const telling = collector();
  const { connect, location, projectId } = await start();
  await create(connect({ onEvent: silent.onEvent }), location, "FIRST");
  await create(connect({ onEvent: telling.onEvent, namesInEvents: true }), location, "SECOND");
  expect(JSON.stringify(silent.events)).not.toMatch(new RegExp(`FIRST|a-value|dev|${projectId}`));
  expect(telling.only("call-ended")).toMatchObject([
    { target: { environment: "dev", path: "/", projectId } },
  ]);
  expect(JSON.stringify(telling.events)).not.toContain("a-value");
});

test("events are frozen, and a listener that throws or rejects harms no call", async () => {
  const seen: ClientEvent[] = [];
  const { client, location } = await start({
    onEvent: (event) => {
      seen.push(event);
      if (seen.length % 2 === 0) throw new Error("the listener is broken");
      return Promise.reject(new Error("the listener is broken"));
    },
  });
  await list(client, location);
  expect(seen.length).toBe(4);
  expect(seen.every((event) => Object.isFrozen(event))).toBe(true);
});

test("subscribers of the channel see the events of every client as long as they subscribe", async () => {
  const seen: ClientEvent[] = [];
  const see = (event: unknown): void => void seen.push(event as ClientEvent);
  const events = channel("infisical:sdk");
  const { client, connect, location } = await start();
  await list(client, location);
  events.subscribe(see);
  onTestFinished(() => void events.unsubscribe(see));
  await list(client, location);
  await list(connect(), location);
  events.unsubscribe(see);
  await list(client, location);
  expect(seen.map(({ type }) => type)).toEqual([
    ...["call-started", "call-ended"],
    ...["call-started", "login-started", "login-ended", "call-ended"],
  ]);
  expect(new Set(seen.map((event) => event.client)).size).toBe(2);
});

test("middleware that copies a request keeps its call, and one that makes another begins a new one", async () => {
  const { onEvent, only } = collector();
  const copy: Middleware = (request, next) => next({ ...request });
  const remake: Middleware = ({ method, path, query, identity }, next) =>
    next({ method, path, query, identity });
  const { connect, location } = await start();
  await list(connect({ onEvent, middleware: [copy] }), location);
  await list(connect({ onEvent, middleware: [remake] }), location);
  expect(only("call-ended").map(({ attempts }) => attempts)).toEqual([1, 0]);
});

test("middleware publishes events of the call, while somebody listens", async () => {
  const { onEvent, only } = collector();
  const emits: boolean[] = [];
  const tell: Middleware = (request, next) => {
    emits.push(request.emit !== undefined);
    request.emit?.("cache-hit", { age: 5 });
    return next(request);
  };
  const { connect, location } = await start();
  await list(connect({ onEvent, middleware: [tell] }), location);
  await list(connect({ middleware: [tell] }), location);
  expect(emits).toEqual([true, false]);
  expect(only("cache-hit")).toMatchObject([{ call: 1, operation: "GET", age: 5 }]);
});

test.each([
  [{ onEvent: "log" }, "onEvent must be a function"],
  [{ onEvent: {} }, "onEvent must be a function"],
  [{ namesInEvents: "yes" }, "namesInEvents must be true or false"],
])("%j is refused", (options, message) => {
  expect(() => createClient(options as never)).toThrow(message);
});

test("a request says in words what it is about, not in objects", async () => {
  const { client } = await start();
  const request = { method: "GET", path: `${listPath}/X` } as const;
  await expect(client.request({ ...request, operation: 5 as never })).rejects.toThrow(
    "operation must be a string",
  );
  await expect(client.request({ ...request, target: "X" as never })).rejects.toThrow(
    "target must be an object",
  );
});
