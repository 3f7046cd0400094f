import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { startCached, statuses } from "./start-cached.ts";

const minute = 60_000;
const hour = 60 * minute;

/** A cache with a ttl of one minute and staleIfError of an hour, with an adjustable clock, and a server that fails after the first read. */
async function outage() {
  let now = Date.UTC(2031, 0, 1);
  const { server, reads, get } = await startCached({
    cache: { staleIfError: "1h", clock: { now: () => now } },
  });
  expect(await get()).toBe("value-1");
  server.fail({ method: "GET", times: Number.POSITIVE_INFINITY }, { status: 503 });
  const move = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { server, reads, get, move, failure: async () => (await failureOf(get())).code };
}

/** Steps of the wall clock. */
const steps: [string, number[]][] = [
  ["back a minute at once", [-minute]],
  ["back by a millisecond", [-1]],
  ["back five minutes after some time", [20 * minute, -5 * minute]],
  ["back for hours, after some time", [20 * minute, -5 * hour]],
  ["back twice", [-minute, 2 * minute, -3 * minute]],
  ["ahead five minutes", [5 * minute]],
  ["ahead, and back where it was", [6 * hour, -6 * hour]],
  ["back, and ahead where it was", [-6 * minute, 6 * minute + minute]],
];

test.each(steps)("in an outage the clock steps %s: kept responses are served", async (_, moves) => {
  const { move, get, reads } = await outage();
  for (const step of moves) {
    move(step);
    await get().catch(() => undefined);
  }
  expect(await get()).toBe("value-1");
  expect(reads.stats().entries).toBe(1);
});

test.each(steps)("the clock steps %s: kept responses still expire", async (_, moves) => {
  const { move, get, failure } = await outage();
  for (const step of moves) {
    move(step);
    await get().catch(() => undefined);
  }
  move(hour + minute);
  expect(await failure()).toBe("SERVER_ERROR");
});

test("after a step back, nothing becomes fresh again when the clock reaches the time of the read", async () => {
  const { server, move, get, failure } = await outage();
  move(-2 * hour);
  expect(await get()).toBe("value-1");
  move(2 * hour + 1);
  expect(await failure()).toBe("SERVER_ERROR");
  expect(statuses(server)).toEqual([200, 503, 503]);
});

test("the event's age is never negative", async () => {
  const ages: number[] = [];
  let now = Date.UTC(2031, 0, 1);
  const { server, get } = await startCached({
    cache: { staleIfError: "1h", clock: { now: () => now }, onStaleIfError: ({ age }) => ages.push(age) },
  });
  await get();
  server.fail({ method: "GET", times: 2 }, { status: 503 });
  now -= minute;
  await get();
  now += 10 * minute;
  await get();
  expect(ages).toEqual([0, 10 * minute]);
});

test("with the machine's clocks, a step back makes nothing younger", async () => {
  let wall = Date.UTC(2031, 0, 1);
  let steady = 1000;
  vi.spyOn(Date, "now").mockImplementation(() => wall);
  vi.spyOn(performance, "now").mockImplementation(() => steady);
  onTestFinished(() => void vi.restoreAllMocks());
  const { server, get } = await startCached({ cache: { staleIfError: "1h", clock: undefined } });
  await get();
  server.fail({ method: "GET", times: Number.POSITIVE_INFINITY }, { status: 503 });
  steady += 30 * minute;
  wall -= 30 * minute;
  expect(await get()).toBe("value-1");
  steady += 31 * minute;
  wall += 31 * minute;
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});

test("with the machine's clocks, a frozen process counts its sleep, which the monotonic clock misses", async () => {
  let wall = Date.UTC(2031, 0, 1);
  vi.spyOn(Date, "now").mockImplementation(() => wall);
  vi.spyOn(performance, "now").mockImplementation(() => 1000);
  onTestFinished(() => void vi.restoreAllMocks());
  const { server, get } = await startCached({ cache: { staleIfError: "1h", clock: undefined } });
  await get();
  server.fail({ method: "GET" }, { status: 503 });
  wall += 2 * hour;
  expect((await failureOf(get())).code).toBe("SERVER_ERROR");
});
