import { describe, expect, test } from "vitest";
import { createTestServer } from "../src/index.ts";

describe("the clock", () => {
  test("the clock runs with real time and can be moved forward", () => {
    const { clock } = createTestServer();
    const before = Date.now();
    const read = clock.now();
    expect(read).toBeGreaterThanOrEqual(before);
    expect(read).toBeLessThanOrEqual(Date.now());
    clock.advance(60_000);
    expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
  });

  test("a frozen clock stands still", async () => {
    const { clock } = createTestServer({ clock: { frozen: true, now: 1000 } });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(clock.now()).toBe(1000);
    clock.advance(500);
    expect(clock.now()).toBe(1500);
  });

  test("the clock wakes a sleeper as soon as it is moved past the due time, and not before", async () => {
    for (const frozen of [true, false]) {
      const { clock } = createTestServer({ clock: { frozen } });
      let awake = false;
      const sleep = clock.sleep(3_600_000).then(() => {
        awake = true;
      });
      clock.advance(3_599_000);
      await Promise.resolve();
      expect(awake).toBe(false);
      clock.advance(1000);
      await sleep;
      expect(awake).toBe(true);
    }
  });

  test("the clock wakes sleepers in real time", async () => {
    const { clock } = createTestServer();
    await clock.sleep(5);
    clock.advance(10_000);
    const sleep = clock.sleep(100_005);
    clock.advance(100_000);
    await sleep;
  });

  test("an aborted sleep rejects with the reason of its signal", async () => {
    const { clock } = createTestServer({ clock: { frozen: true } });
    const controller = new AbortController();
    const sleep = clock.sleep(1000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(clock.sleep(1000, AbortSignal.abort(new Error("no")))).rejects.toThrow("no");
  });

  test("the clock refuses to go back", () => {
    const { clock } = createTestServer();
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
  });

  test("a reset sets the clock back to its start", () => {
    const server = createTestServer({ clock: { frozen: true, now: 1000 } });
    server.clock.advance(5000);
    server.reset();
    expect(server.clock.now()).toBe(1000);
  });
});
