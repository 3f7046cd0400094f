import type { Failure } from "@infisical/test-server";
import { expect, test } from "vitest";
import { failureOf, jumpingClock, start } from "#test-kit";
import { retryAfter } from "../src/http/failure.ts";
import { count, create, list, listPath, tokensLasting } from "./calls.ts";

const passing: [string, Failure][] = [
  ["a dropped connection", { drop: "before" }],
  ["a connection dropped after the work", { drop: "after" }],
  ["a response cut off by the connection", { truncate: "connection" }],
  ["a 408", { status: 408 }],
  ["a 429", { rateLimit: { retryAfter: 1 } }],
  ["an older server's rate limit", { rateLimit: { retryAfter: 1, legacy: true } }],
  ["a 502", { status: 502 }],
  ["a 503", { status: 503 }],
  ["a 504", { status: 504 }],
  ["a stalled reply", { stall: "headers" }],
  ["a stalled body", { stall: "body" }],
];

test.each(passing)("a read survives %s", async (_, failure) => {
  const { server, client, location } = await start({ clock: jumpingClock(), timeout: 500 });
  await client.auth().login();
  server.fail({ path: listPath, times: 2 }, failure);
  await list(client, location);
  expect(count(server, "GET", listPath)).toBe(3);
});

test.each([400, 403, 404, 409, 422, 500, 501])("a read that gets a %i is not repeated", async (status) => {
  const { server, client, location } = await start({ clock: jumpingClock() });
  server.fail({ path: listPath }, { status });
  expect(await failureOf(list(client, location))).toMatchObject({ statusCode: status });
  expect(count(server, "GET", listPath)).toBe(1);
});

test("a POST that only reads is repeated like any read", async () => {
  const { server, client } = await start({ clock: jumpingClock(), timeout: 500 });
  server.fail({ path: "/api/read", times: 2 }, { drop: "after" });
  server.fail({ path: "/api/read" }, { status: 200, body: {} });
  expect(await client.request({ method: "POST", path: "/api/read", body: {}, readOnly: true })).toEqual({});
  expect(count(server, "POST", "/api/read")).toBe(3);
});

const doubtful: [string, Failure, string][] = [
  ["drops before the work", { drop: "before" }, "CONNECTION_LOST"],
  ["drops after the work", { drop: "after" }, "CONNECTION_LOST"],
  ["stalls", { stall: "headers" }, "TIMEOUT"],
  ["breaks off its body", { truncate: "connection" }, "CONNECTION_LOST"],
  ["sends half a JSON", { truncate: "body" }, "GATEWAY_ERROR"],
  ["fails with 503", { status: 503 }, "SERVER_ERROR"],
  ["fails with 500", { status: 500 }, "SERVER_ERROR"],
];

test.each(doubtful)("a create whose connection %s arrives once", async (_, failure, code) => {
  const { server, client, location } = await start({ clock: jumpingClock(), timeout: 500 });
  server.fail({ method: "POST", path: `${listPath}/ONCE` }, failure);
  expect(await failureOf(create(client, location, "ONCE"))).toMatchObject({ code });
  expect(count(server, "POST", `${listPath}/ONCE`)).toBe(1);
});

test("a create that is rate limited is sent again, since the server did nothing", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock });
  await client.auth().login();
  server.fail({ path: `${listPath}/LIMITED` }, { rateLimit: { retryAfter: 7 } });
  await create(client, location, "LIMITED");
  expect(clock.waits).toEqual([7000]);
  expect(server.secrets.get({ environment: "dev", key: "LIMITED" })).toBe("a-value");
});

test("a server that is not there is tried again, also by a write, and then an error with its code", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock });
  await client.auth().login();
  await server.close();
  const error = await failureOf(create(client, location, "NOBODY"));
  expect(error).toMatchObject({ code: "UNREACHABLE", statusCode: undefined, method: "POST" });
  expect(clock.waits).toHaveLength(4);
});

test.each<[string, Failure, number]>([
  ["in seconds", { rateLimit: { retryAfter: 3 } }, 3000],
  ["in the message only", { rateLimit: { retryAfter: 5, header: false } }, 5000],
  ["beyond the cap", { rateLimit: { retryAfter: 3600 } }, 60_000],
  ["as a date beyond the cap", { rateLimit: { retryAfter: "Fri, 31 Dec 2100 23:59:59 GMT" } }, 60_000],
])("a wait that the server states %s is kept", async (_, failure, wait) => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock });
  server.fail({ path: listPath }, failure);
  await list(client, location);
  expect(clock.waits).toEqual([wait]);
});

test("a date to wait for counts from the server's own date, else from ours", () => {
  const date = "Tue, 24 Nov 2026 12:00:09 GMT";
  const now = Date.parse("Tue, 24 Nov 2026 12:00:04 GMT");
  const server = "Tue, 24 Nov 2026 12:00:00 GMT";
  expect(retryAfter({ "retry-after": date, date: server }, now)).toBe(9000);
  expect(retryAfter({ "retry-after": date }, now)).toBe(5000);
  expect(retryAfter({ "retry-after": server }, now)).toBe(0);
});

test("without a stated wait, waits are random below a bound that doubles", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock, retry: { limit: 6, baseDelay: 100, maxDelay: 400 } });
  server.fail({ path: listPath, times: 6 }, { status: 503 });
  await list(client, location);
  expect(clock.waits).toHaveLength(6);
  for (const [index, bound] of [100, 200, 400, 400, 400, 400].entries()) {
    expect(clock.waits[index]).toBeLessThanOrEqual(bound);
  }
  expect(new Set(clock.waits).size).toBeGreaterThan(1);
});

test("during a rate limit's cool-down nothing is sent, by any call of the client", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100_000, 100_000) });
  await client.auth().login();
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  const limited = list(client, location);
  await expect.poll(() => server.requests.length).toBe(2);
  await expect.poll(() => server.requests[1]?.status).toBe(429);
  await new Promise((wake) => setTimeout(wake, 20));

  const others = [list(client, location), create(client, location, "LATER"), list(client, location)];
  await new Promise((wake) => setTimeout(wake, 50));
  server.clock.advance(29_000);
  await new Promise((wake) => setTimeout(wake, 50));
  expect(server.requests).toHaveLength(2);

  server.clock.advance(1000);
  await Promise.all([limited, ...others]);
  expect(server.requests).toHaveLength(6);
});

test("a clock that is set back does not make a cool-down last longer", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  let setBack = 0;
  const now = (): number => clock.now() - setBack;
  const client = connect({ clock: { ...clock, now }, retry: { limit: 0 } });
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  await failureOf(list(client, location));
  setBack = 3_600_000;
  await list(client, location);
  expect(clock.waits).toEqual([]);
});

test("with retry: false nothing is repeated and nothing waits", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock, retry: false });
  await client.auth().login();
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  expect(await failureOf(list(client, location))).toMatchObject({ code: "RATE_LIMITED", retryAfter: 30 });
  await list(client, location);
  expect(clock.waits).toEqual([]);
});
