import { expect, onTestFinished, test, vi } from "vitest";
import { alarmBy } from "../src/pause.ts";

test("by the machine's clock of another copy of core, a timer waits that keeps no process alive", async () => {
  vi.resetModules();
  const { systemClock } = await import("@infisical/core/authoring");
  const sleep = vi.spyOn(systemClock, "sleep");
  onTestFinished(() => sleep.mockRestore());
  const cancel = alarmBy(systemClock, false)(60_000, () => undefined);
  onTestFinished(cancel);
  expect(sleep).not.toHaveBeenCalled();
});
