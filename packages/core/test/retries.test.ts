import type { Failure, TestServer } from "@infisical/test-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, jumpingClock, start } from "#test-kit";
import { retryAfter } from "../src/http/failure.ts";
import { createClient, type Transport } from "../src/index.ts";
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

const timeout = 500;

/** Lets the time limit of a request pass once the server holds it back, and of no other, however slow the machine is. */
async function passLimits(server: TestServer, method: string, path: string, times: number): Promise<void> {
  for (let held = 1; held <= times; held += 1) {
    // Not by expect.poll, which moves the fake timers.
    while (count(server, method, path) < held) await new Promise((turn) => setImmediate(turn));
    await vi.advanceTimersByTimeAsync(timeout);
  }
}

function fakeTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}

test.each(passing)("a read survives %s", async (_, failure) => {
  const { server, client, location } = await start({ clock: jumpingClock(), timeout });
  fakeTimers();
  await client.auth().login();
  server.fail({ path: listPath, times: 2 }, failure);
  const read = list(client, location);
  if ("stall" in failure) await passLimits(server, "GET", listPath, 2);
  await read;
  expect(count(server, "GET", listPath)).toBe(3);
});

test.each([400, 403, 404, 409, 422, 500, 501])("a read that gets a %i is not repeated", async (status) => {
  const { server, client, location } = await start({ clock: jumpingClock() });
  server.fail({ path: listPath }, { status });
  expect(await failureOf(list(client, location))).toMatchObject({ statusCode: status });
  expect(count(server, "GET", listPath)).toBe(1);
});

test("a POST that only reads is repeated like any read", async () => {
  const { server, client } = await start({ clock: jumpingClock() });
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
  const { server, client, location } = await start({ clock: jumpingClock(), timeout });
  fakeTimers();
  server.fail({ method: "POST", path: `${listPath}/ONCE` }, failure);
  const error = failureOf(create(client, location, "ONCE"));
  if ("stall" in failure) await passLimits(server, "POST", `${listPath}/ONCE`, 1);
  expect(await error).toMatchObject({ code });
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

test("without a stated wait, waits are random below a bound that doubles, and differ for the same bound", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock, retry: { limit: 6, baseDelay: 100, maxDelay: 400 } });
  await client.auth().login();
  server.fail({ path: listPath, times: 6 }, { status: 503 });
  const random = vi.spyOn(Math, "random");
  onTestFinished(() => random.mockRestore());
  for (const part of [0.5, 0.25, 0, 0.25, 0.75, 0.999]) random.mockReturnValueOnce(part);
  await list(client, location);
  expect(clock.waits).toEqual([50, 50, 0, 100, 300, 399.6]);
});

test("a shorter rate limit does not shorten a cool-down", async () => {
  const answers: ((retryAfter: string) => void)[] = [];
  const transport: Transport = () =>
    new Promise((resolve) => {
      const body = JSON.stringify({ statusCode: 429, error: "RateLimitExceeded", message: "slow down" });
      answers.push((seconds) => resolve({ status: 429, headers: { "retry-after": seconds }, body }));
    });
  const clock = jumpingClock();
  const client = createClient({ transport, clock, retry: { limit: 0 } });
  client.auth().accessToken("a-token");
  const read = (): Promise<unknown> => failureOf(client.request({ method: "GET", path: "/api/x" }));
  const limited = [read(), read()];
  await expect.poll(() => answers.length).toBe(2);
  for (const [index, seconds] of ["30", "1"].entries()) {
    answers[index]?.(seconds);
    await limited[index];
  }
  const next = read();
  await expect.poll(() => answers.length).toBe(3);
  expect(clock.waits).toEqual([30_000]);
  answers[2]?.("1");
  await next;
});

test("during a rate limit's cool-down nothing is sent, by any call of the client", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100_000, 100_000) });
  await client.auth().login();
  server.fail({ path: listPath }, { rateLimit: { retryAfter: 30 } });
  const sleeps = vi.spyOn(server.clock, "sleep");
  const limited = list(client, location);
  await expect.poll(() => sleeps.mock.calls.length).toBe(1);
  expect(server.requests[1]?.status).toBe(429);

  const others = [list(client, location), create(client, location, "LATER"), list(client, location)];
  await new Promise((wake) => setTimeout(wake, 50));
  server.clock.advance(29_000);
  await new Promise((wake) => setTimeout(wake, 50));
  expect(server.requests).toHaveLength(2);

  server.clock.advance(1000);
  await Promise.all([limited, ...others]);
  expect(server.requests).toHaveLength(6);
});

test("a 503 with `retry-after` holds up its own call only, since it says nothing about a rate limit", async () => {
  const { server, connect, location } = await start();
  const clock = jumpingClock();
  const client = connect({ clock, retry: { limit: 0 } });
  await client.auth().login();
  server.fail({ path: listPath }, { status: 503, headers: { "retry-after": "30" } });
  const error = await failureOf(list(client, location));
  expect(error).toMatchObject({ code: "SERVER_ERROR", retryAfter: 30 });
  await list(client, location);
  expect(clock.waits).toEqual([]);
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
