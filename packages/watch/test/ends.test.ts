import { createClient } from "@infisical/core";
import { type SecretsApi, secrets } from "@infisical/secrets";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { watchSecrets } from "../src/index.ts";
import { short, startWatching } from "./start-watching.ts";

const state = { secrets: [], notModified: false as const, etag: undefined };
const mock = (list: SecretsApi["listSecretsIfChanged"] = async () => state) => ({
  secrets: () => ({ listSecretsIfChanged: list }),
});
const place = { projectId: "p", environment: "dev" };

test("close ends loops, refresh and the request in flight", async () => {
  const { watch, fail, clock } = await startWatching();
  const watcher = watch();
  const changes = watcher[Symbol.asyncIterator]();
  await changes.next();
  const waiting = changes.next();
  fail(1, { stall: "headers" });
  const refreshed = failureOf(watcher.refresh());
  const reasons: unknown[] = [];
  watcher.addEventListener("end", ({ reason }) => reasons.push(reason));
  watcher.close();
  watcher.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await refreshed).toMatchObject({
    code: "CLIENT_CLOSED",
    message: expect.stringContaining("watcher"),
  });
  expect(await failureOf(watcher.refresh())).toMatchObject({ code: "CLIENT_CLOSED" });
  expect(reasons).toEqual([undefined]);
  expect(clock.sleeping).toBe(0);
  expect(watcher.get("A")?.secretValue).toBe("1");
});

test("a signal ends it with its reason", async () => {
  const { watch } = await startWatching();
  const controller = new AbortController();
  const watcher = watch({ signal: controller.signal });
  const changes = watcher[Symbol.asyncIterator]();
  await changes.next();
  const waiting = failureOf(changes.next());
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await waiting).toBe(reason);
  expect(await failureOf(watcher.refresh())).toBe(reason);
  expect(await changes.next()).toEqual({ done: true, value: undefined });
});

test("a signal that has aborted before leaves nothing to poll", async () => {
  let polls = 0;
  const signal = AbortSignal.abort("before");
  const client = mock(async () => {
    polls += 1;
    return state;
  });
  const watcher = watchSecrets(client, { ...place, signal });
  expect(watcher.ended).toBe(true);
  expect(
    await watcher[Symbol.asyncIterator]()
      .next()
      .catch((reason) => reason),
  ).toBe("before");
  expect(polls).toBe(0);
});

test("the client's end is its end", async () => {
  const { watch, client } = await startWatching();
  const watcher = watch();
  const changes = watcher[Symbol.asyncIterator]();
  await changes.next();
  const waiting = failureOf(changes.next());
  await client.close();
  expect(await waiting).toMatchObject({ code: "CLIENT_CLOSED" });
  expect(watcher.ended).toBe(true);
  expect(await failureOf(watch().refresh())).toMatchObject({ code: "CLIENT_CLOSED" });
});

test("leaving the last loop closes it, unless somebody listens", async () => {
  const { watch } = await startWatching();
  const [alone, shared, heard] = [watch(), watch(), watch()];
  const other = shared[Symbol.asyncIterator]();
  heard.addEventListener("change", () => undefined);
  for (const watcher of [alone, shared, heard]) for await (const _ of watcher) break;
  expect([alone.ended, shared.ended, heard.ended]).toEqual([true, false, false]);
  expect(short((await other.next()).value)).toBe("+A=1");
  await other.return?.();
  expect(shared.ended).toBe(true);
});

test("a loop that is left while it waits ends at once", async () => {
  const { watch } = await startWatching();
  const changes = watch()[Symbol.asyncIterator]();
  await changes.next();
  const waiting = [changes.next(), changes.next()];
  await changes.return?.();
  expect(await Promise.all(waiting)).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
});

test("using closes it", async () => {
  const { watch } = await startWatching();
  const [one, other] = [watch(), watch()];
  if (Symbol.dispose) one[Symbol.dispose]();
  if (Symbol.asyncDispose) await other[Symbol.asyncDispose]();
  expect([one.ended, other.ended]).toEqual([true, true]);
});

test("refreshes at the same time share a poll that begins after them", async () => {
  const reads: (() => void)[] = [];
  const client = mock(
    () => new Promise((resolve) => reads.push(() => resolve({ ...state, etag: `"${reads.length}"` }))),
  );
  const watcher = watchSecrets(client, place);
  await Promise.resolve();
  await Promise.resolve();
  expect(reads.length).toBe(1);
  const during = [watcher.refresh(), watcher.refresh()];
  let settled = false;
  during[0]?.then(() => {
    settled = true;
  });
  reads[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect([reads.length, settled]).toEqual([2, false]);
  reads[1]?.();
  expect(await Promise.all(during)).toEqual([[], []]);
  expect(reads.length).toBe(2);
  watcher.close();
});

test("a mock that throws, or fails with something else, ends it with that", async () => {
  const error = new TypeError("not mocked");
  const failing = [
    () => Promise.reject(error),
    () => {
      throw error;
    },
  ];
  for (const list of failing) expect(await failureOf(watchSecrets(mock(list), place).refresh())).toBe(error);
});

test.each([
  [undefined],
  [{}],
  [createClient()],
  [{ secrets: () => ({}) }],
  [
    {
      secrets: () => {
        throw new Error("a getter");
      },
    },
  ],
])("something else than a client is refused with a cure", (client) => {
  expect(() => watchSecrets(client as never, place)).toThrowError(
    /^client must be (?:a client with|readable)/,
  );
});

test.each([
  [
    { interval: "999ms" },
    'interval must be at least 1 second, such as "60s", and at most 24 days: a number counts milliseconds, got "999ms".',
  ],
  [
    { interval: "25d" },
    'interval must be at least 1 second, such as "60s", and at most 24 days: a number counts milliseconds, got "25d".',
  ],
  [{ interval: "soon" }, /^interval must be a number of milliseconds/],
  [{ intervall: "30s" }, /did you mean interval/],
  [{ ref: 1 }, /^ref must be/],
  [{ signal: new AbortController() }, /^signal must be an AbortSignal/],
  [{ secretPath: "/a/../b" }, /^secretPath must have/],
  [{ tagSlugs: [""] }, /^tagSlugs\[0\] must be/],
  [{ projectId: "" }, /^projectId must be/],
  [{ attachToProcessEnv: true }, /^attachToProcessEnv is not an option/],
])("%j is refused by name", (wrong, message) => {
  expect(() =>
    watchSecrets(createClient({ plugins: [secrets()] }), { ...place, ...(wrong as object) }),
  ).toThrowError(message);
});

test("the longest interval does not overflow the timer", async () => {
  let polls = 0;
  const client = mock(async () => {
    polls += 1;
    return state;
  });
  const watcher = watchSecrets(client, { ...place, interval: "24d" });
  await watcher.refresh();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(polls).toBe(1);
  watcher.close();
});
