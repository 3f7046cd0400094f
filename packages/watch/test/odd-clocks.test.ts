import { expect, test } from "vitest";
import { alarmBy } from "../src/pause.ts";
import { startWatching } from "./start-watching.ts";

test("a wait that was ended early does not end a later one, although the clock sleeps on", async () => {
  const started = await startWatching();
  const { clock, watch, polls } = started;
  const { sleep } = clock;
  clock.sleep = (milliseconds) => sleep.call(clock, milliseconds);
  const watcher = watch({ interval: "60s" });
  await watcher.refresh();
  for (let round = 0; round < 5; round += 1) {
    clock.advance(10_000);
    await watcher.refresh();
  }
  const before = polls().length;
  clock.advance(29_000);
  await settled();
  // It comes after any other poll under way.
  await watcher.refresh();
  expect(polls()).toHaveLength(before + 1);
});

test("an alarm that was called off does not ring, whatever its clock does", async () => {
  let time = 0;
  const wakes: (() => void)[] = [];
  const clock = { now: () => time, sleep: () => new Promise<void>((wake) => wakes.push(wake)) };
  let count = 0;
  const cancel = alarmBy(clock, false)(1000, () => {
    count += 1;
  });
  cancel();
  time = 500;
  wakes.shift()?.();
  await settled();
  time = 1000;
  wakes.shift()?.();
  await settled();
  expect({ count, sleeping: wakes.length }).toEqual({ count: 0, sleeping: 0 });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
