import { expect, test } from "vitest";
import { jumpingClock } from "#test-kit";
import { CoolDown } from "../src/http/rate-limit.ts";

test("a pause lasts as long as it was started for, and requests can be sent from its last moment on", () => {
  const clock = jumpingClock();
  const pause = new CoolDown(clock);
  expect(pause.isRunning).toBe(false);
  pause.start(1000);
  expect(pause.isRunning).toBe(true);
  clock.advance(999);
  expect(pause.isRunning).toBe(true);
  clock.advance(1);
  expect(pause.isRunning).toBe(false);
});

test("a shorter pause does not shorten the one that runs, a longer one lengthens it", () => {
  const clock = jumpingClock();
  const pause = new CoolDown(clock);
  pause.start(1000);
  clock.advance(400);
  pause.start(100);
  clock.advance(599);
  expect(pause.isRunning).toBe(true);
  pause.start(500);
  clock.advance(499);
  expect(pause.isRunning).toBe(true);
  clock.advance(1);
  expect(pause.isRunning).toBe(false);
});

test("a pause is news if nothing paused the client before, or for a second less", () => {
  const clock = jumpingClock();
  const pause = new CoolDown(clock);
  expect(pause.start(500)).toBe(true);
  expect(pause.start(1499)).toBe(false);
  expect(pause.start(2499)).toBe(true);
  clock.advance(2499);
  expect(pause.start(1)).toBe(true);
});

test("whoever waits for the end sleeps for what is left, in whole milliseconds", async () => {
  const clock = jumpingClock();
  const pause = new CoolDown(clock);
  await pause.end(undefined);
  expect(clock.waits).toEqual([]);
  pause.start(1000.2);
  clock.advance(300);
  await pause.end(undefined);
  expect(clock.waits).toEqual([701]);
});

test("a pause that is made longer while somebody waits is waited for to its end", async () => {
  const clock = jumpingClock();
  const pause = new CoolDown({
    now: clock.now,
    sleep: async (milliseconds) => {
      if (clock.waits.length === 0) pause.start(3000);
      await clock.sleep(milliseconds);
    },
  });
  pause.start(1000);
  await pause.end(undefined);
  expect(clock.waits).toEqual([1000, 2000]);
});

test("a clock that is set back ends the pause, one that stands still does not hold anybody forever", async () => {
  const clock = jumpingClock();
  const back = new CoolDown(clock);
  back.start(1000);
  clock.advance(-1);
  expect(back.isRunning).toBe(false);
  let sleeps = 0;
  const sleep = async () => {
    sleeps += 1;
  };
  const still = new CoolDown({ now: () => 0, sleep });
  still.start(1000);
  await still.end(undefined);
  expect(sleeps).toBe(1);
});
