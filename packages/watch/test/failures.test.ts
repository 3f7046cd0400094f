import { expect, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { short, startWatching } from "./start-watching.ts";

const garbage = { garbage: true } as const;
const outages = [
  ["a refused connection", { refuse: true }],
  ["a lost connection", { drop: "before" }],
  ["a 500", { status: 500 }],
  ["a proxy's 503", { status: 503, body: "<html>", headers: { "content-type": "text/html" } }],
  ["half a response", { truncate: "body" }],
  ["a page of a proxy", garbage],
] as const;
const refusals = [
  ["FORBIDDEN", { status: 403, body: { statusCode: 403, error: "PermissionDenied", message: "no" } }],
  ["NOT_FOUND", { status: 404, body: { statusCode: 404, error: "NotFound", message: "no" } }],
  ["BAD_REQUEST", { status: 400, body: { statusCode: 400, error: "BadRequest", message: "no" } }],
] as const;

test.each(outages)("%s before the first state is waited out", async (_, failure) => {
  const { watch, fail, pass } = await startWatching();
  fail(2, failure);
  const watcher = watch();
  const first = watcher[Symbol.asyncIterator]().next();
  await pass(5 * 60_000);
  expect([watcher.secrets, watcher.staleSince, watcher.ended]).toEqual([undefined, undefined, false]);
  await pass(10 * 60_000);
  expect(short((await first).value)).toBe("+A=1");
});

test.each(refusals)("%s before the first state ends the watcher for everybody", async (code, failure) => {
  const { watch, fail, polls } = await startWatching();
  fail(Number.POSITIVE_INFINITY, failure);
  const watcher = watch();
  const ended = new Promise((resolve) => watcher.addEventListener("end", ({ reason }) => resolve(reason)));
  const [one, other] = [watcher[Symbol.asyncIterator](), watcher[Symbol.asyncIterator]()];
  const errors = await Promise.all([one.next(), other.next(), watcher.refresh()].map(failureOf));
  expect(errors.map((error) => error.code)).toEqual([code, code, code]);
  expect(new Set(errors).size).toBe(3);
  expect(await ended).toMatchObject({ code });
  expect(watcher.ended).toBe(true);
  expect(await one.next()).toEqual({ done: true, value: undefined });
  expect(await failureOf(watcher[Symbol.asyncIterator]().next())).toMatchObject({ code });
  expect(await failureOf(watcher.refresh())).toMatchObject({ code });
  expect(polls().length).toBe(1);
});

test.each([...outages, ...refusals])(
  "%s after the first state keeps it, and is told once",
  async (_, failure) => {
    const { watch, fail, set, pass, clock } = await startWatching();
    const watcher = watch();
    await watcher.refresh();
    const told: string[] = [];
    watcher.addEventListener("stale", ({ since, error }) =>
      told.push(`stale ${since.getTime()} ${(error as Error).name}`),
    );
    watcher.addEventListener("fresh", ({ since }) => told.push(`fresh ${since.getTime()}`));
    watcher.addEventListener("change", (event) => told.push(short(event)));
    const faults = fail(Number.POSITIVE_INFINITY, failure);
    set("A", "2");
    await pass();
    const since = clock.now();
    for (let count = 0; count < 3; count += 1) await pass(10 * 60_000);
    expect(watcher.staleSince?.getTime()).toBe(since);
    expect(watcher.get("A")?.secretValue).toBe("1");
    faults.remove();
    await pass(10 * 60_000);
    expect(watcher.staleSince).toBeUndefined();
    expect(told).toEqual([`stale ${since} InfisicalSDKRequestError`, `fresh ${since}`, "~A=2"]);
  },
);

test("waits are up to a quarter off, double after failures, and end at five minutes", async () => {
  const { watch, fail, pass, clock } = await startWatching();
  const random = vi.spyOn(Math, "random");
  try {
    random.mockReturnValue(0);
    const watcher = watch({ interval: "40s" });
    await watcher.refresh();
    random.mockReturnValue(0.999);
    await pass();
    const faults = fail(Number.POSITIVE_INFINITY, { status: 500 });
    random.mockReturnValue(0.5);
    for (let count = 0; count < 5; count += 1) await pass(10 * 60_000);
    faults.remove();
    await pass(10 * 60_000);
    const [first, second, ...others] = clock.sleeps.map(Math.round);
    expect([first, second]).toEqual([30_000, 49_980]);
    expect(others).toEqual([80_000, 160_000, 300_000, 300_000, 300_000, 40_000]);
  } finally {
    random.mockRestore();
  }
});

test.each([
  ["100", 100_000, 107_501],
  ["999999", 3_600_000, 3_607_501],
])(
  "a server that asks to wait %s s is asked again no sooner, and within the hour",
  async (seconds, least, most) => {
    const { watch, fail, pass, clock } = await startWatching();
    const watcher = watch();
    await watcher.refresh();
    fail(1, { status: 503, headers: { "retry-after": seconds } });
    await pass();
    const wait = clock.sleeps.at(-1) ?? 0;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThan(most);
  },
);

test("a token that is revoked, and another identity, do not disturb it", async () => {
  const { watch, server, client, set, pass } = await startWatching();
  const watcher = watch();
  const changes = watcher[Symbol.asyncIterator]();
  await changes.next();
  server.tokens.revoke();
  set("A", "2");
  await pass();
  expect(short((await changes.next()).value)).toBe("~A=2");
  const { clientId = "", clientSecret = "" } = server.identities[1] ?? {};
  const { universalAuth } = await import("@infisical/auth-universal");
  await client.auth().login(universalAuth({ clientId, clientSecret }));
  set("A", "3");
  await pass();
  expect(short((await changes.next()).value)).toBe("~A=3");
});

test.each([-5 * 3_600_000, 5 * 3_600_000])(
  "a wall clock that jumps by %i ms neither stops polls nor makes a burst",
  async (jump) => {
    const { watch, clock, pass, polls } = await startWatching();
    await watch().refresh();
    clock.jump(jump);
    for (let count = 0; count < 3; count += 1) await pass();
    clock.jump(-jump);
    await pass();
    // With the first one, and whatever logins there were in between.
    expect(polls().length).toBe(5);
  },
);

test("a clock that wakes early, is set back in its sleep or cannot sleep does not make a burst", async () => {
  const { alarmBy, Pause } = await import("../src/pause.ts");
  let now = 0;
  const slept: number[] = [];
  const steps = [10, 20, -500];
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      now += steps[slept.length - 1] ?? 0;
    },
  };
  await new Promise<void>((resolve) => alarmBy(clock, false)(100, resolve));
  expect(slept).toEqual([100, 90, 70]);
  const broken = new Pause(
    alarmBy({ now: () => 0, sleep: () => Promise.reject(new Error("broken")) }, false),
  );
  let waited = false;
  const wait = broken.wait(3_600_000).then(() => {
    waited = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(waited).toBe(false);
  broken.wake();
  await wait;
});
