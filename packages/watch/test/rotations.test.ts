import { expect, test } from "vitest";
import { type Deferred, failureOf, warningsOf, withResolvers } from "#test-kit";
import { type ApplyRotation, onRotation, watchSecrets } from "../src/index.ts";
import { startWatching } from "./start-watching.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Records what is applied; each application waits until the test lets it go. */
function recorder() {
  const applied: {
    value: string;
    previous: string | undefined;
    signal: AbortSignal;
    end: Deferred<void>;
  }[] = [];
  const apply: ApplyRotation = (value, { previous, signal }) => {
    const end = withResolvers<void>();
    applied.push({ value, previous, signal, end });
    return end.promise;
  };
  return { applied, apply, last: () => applied[applied.length - 1] as (typeof applied)[number] };
}

test("the first value and each new one are applied, with the one before", async () => {
  const { watch, set } = await startWatching();
  const watcher = watch();
  const seen: unknown[] = [];
  const rotation = onRotation(watcher, "A", (value, { previous }) => seen.push([value, previous]));
  await rotation.ready;
  set("A", "2");
  set("B", "other");
  await watcher.refresh();
  await watcher.refresh();
  const later: unknown[] = [];
  await onRotation(watcher, "A", (value) => later.push(value)).ready;
  expect(seen).toEqual([
    ["1", undefined],
    ["2", "1"],
  ]);
  expect(later).toEqual(["2"]);
  rotation.close();
  set("A", "3");
  await watcher.refresh();
  expect(seen.length).toBe(2);
});

test("one value at a time is applied, and only the newest", async () => {
  const { watch, set } = await startWatching();
  const watcher = watch();
  const { applied, apply, last } = recorder();
  onRotation(watcher, "A", apply);
  await watcher.refresh();
  for (const value of ["2", "3"]) {
    set("A", value);
    await watcher.refresh();
  }
  expect(applied.map(({ value, signal }) => [value, signal.aborted])).toEqual([["1", true]]);
  last().end.resolve();
  await turn();
  expect(applied.map(({ value, previous }) => [value, previous])).toEqual([
    ["1", undefined],
    ["3", "1"],
  ]);
});

test("a value that comes back while another is applied is applied again", async () => {
  const { watch, set } = await startWatching();
  const watcher = watch();
  const { applied, apply, last } = recorder();
  const rotation = onRotation(watcher, "A", apply, { onError: () => expect.unreachable() });
  await watcher.refresh();
  last().end.resolve();
  await rotation.ready;
  set("A", "2");
  await watcher.refresh();
  set("A", "1");
  await watcher.refresh();
  last().end.reject(new Error("half done"));
  await turn();
  expect(applied.map(({ value }) => value)).toEqual(["1", "2", "1"]);
});

test("a failure is told, and tried again while the value is the newest", async () => {
  const { watch, set, clock } = await startWatching();
  const watcher = watch();
  const failures: unknown[] = [];
  let works = false;
  const tried: string[] = [];
  const apply = (value: string): void => {
    tried.push(value);
    if (!works) throw new Error("no database");
  };
  const rotation = onRotation(watcher, "A", apply, {
    onError: (error, { attempt }) => {
      failures.push([(error as Error).message, attempt]);
      throw new Error("of the listener");
    },
  });
  await watcher.refresh();
  await turn();
  for (let count = 0; count < 2; count += 1) {
    clock.advance(3_000);
    await turn();
  }
  set("A", "2");
  await watcher.refresh();
  await turn();
  works = true;
  clock.advance(3_000);
  await rotation.ready;
  expect(tried).toEqual(["1", "1", "1", "2", "2"]);
  expect(failures).toEqual([1, 2, 3, 1].map((attempt) => ["no database", attempt]));
});

test("a secret that is removed is told, and is not applied", async () => {
  const { watch, set, remove } = await startWatching();
  const watcher = watch();
  const seen: string[] = [];
  await onRotation(watcher, "A", (value) => seen.push(value), { onMissing: (reason) => seen.push(reason) })
    .ready;
  remove("A");
  set("B", "1");
  await watcher.refresh();
  set("B", "2");
  await watcher.refresh();
  set("A", "1");
  await watcher.refresh();
  set("A", "2");
  await watcher.refresh();
  remove("A");
  await watcher.refresh();
  expect(seen).toEqual(["1", "absent", "2", "absent"]);
});

test("a value that is hidden is not applied", async () => {
  const { watch } = await startWatching();
  const watcher = watch({ viewSecretValue: false });
  const seen: string[] = [];
  onRotation(watcher, "A", (value) => seen.push(value), { onMissing: (reason) => seen.push(reason) });
  await watcher.refresh();
  expect(seen).toEqual(["hidden"]);
});

test("without listeners, warnings tell what fails, and no value", async () => {
  const warnings = warningsOf();
  const { watch, set } = await startWatching();
  const watcher = watch();
  set("A", "the-value-of-a");
  const fail = (value: string) => Promise.reject(new Error(value));
  onRotation(watcher, "A", fail);
  onRotation(watcher, "GONE", fail);
  await watcher.refresh();
  await turn();
  await turn();
  const text = warnings.join("\n");
  expect(text).toContain("INFISICAL_ROTATION_FAILED");
  expect(text).toContain("The secret GONE does not exist");
  expect(text).not.toContain("the-value");
});

test("its end rejects what waits for a first value, and aborts what is applied", async () => {
  const { watch, client } = await startWatching();
  const watcher = watch();
  const { apply, last } = recorder();
  const rotation = onRotation(watcher, "A", apply);
  const waiting = onRotation(watcher, "GONE", apply, { onMissing: () => undefined });
  await watcher.refresh();
  waiting.close();
  expect(await failureOf(waiting.ready)).toMatchObject({ code: "CLIENT_CLOSED" });
  await client.close();
  expect(last().signal.aborted).toBe(true);
  expect(await failureOf(rotation.ready)).toMatchObject({ code: "CLIENT_CLOSED" });
  expect(await failureOf(onRotation(watcher, "A", apply).ready)).toMatchObject({ code: "CLIENT_CLOSED" });
});

test("wrong use is told by name", async () => {
  const { watch } = await startWatching();
  const apply = () => undefined;
  expect(() => onRotation({} as never, "A", apply)).toThrowError(/^watcher must be/);
  expect(() => onRotation(watch(), "", apply)).toThrowError(/^secretName must be/);
  expect(() => onRotation(watch(), "A", "apply" as never)).toThrowError(/^apply must be a function/);
  expect(() => onRotation(watch(), "A", apply, { onerror: apply } as never)).toThrowError(
    /did you mean onError/,
  );
  expect(watchSecrets).toBeTypeOf("function");
});
