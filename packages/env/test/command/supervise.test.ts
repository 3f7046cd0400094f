import { expect, test } from "vitest";
import type { Child, Ending } from "../../src/command/child.ts";
import { supervise } from "../../src/command/supervise.ts";

const success: Ending = { code: 0, signal: undefined, failure: undefined };

test("variables that arrive once the command has ended start and stop nothing", async () => {
  const done: string[] = [];
  const child: Child = {
    ended: Promise.resolve(success),
    signal: () => undefined,
    stop: () => done.push("stopped"),
  };
  const start = (): Child => {
    done.push("started");
    return child;
  };
  const onReplace = (names: readonly string[]) => done.push(...names);
  const running = supervise({ start, variables: { KEY: "old" }, grace: 1_000, onReplace });
  expect(await running.ended).toBe(success);
  running.update({ KEY: "new" });
  expect(done).toEqual(["started"]);
});
