import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { SecretsChangeEvent } from "../src/index.ts";
import { short, startWatching } from "./start-watching.ts";

test("the first state comes at once, then what changes", async () => {
  const { watch, set, remove, pass } = await startWatching();
  const changes = watch()[Symbol.asyncIterator]();
  expect(short((await changes.next()).value)).toBe("+A=1");
  set("B", "2");
  set("A", "3");
  await pass();
  expect(short((await changes.next()).value)).toBe("+B=2 ~A=3");
  remove("A");
  await pass();
  const { value } = await changes.next();
  expect(short(value)).toBe("-A");
  expect(value.removed[0]?.secretValue).toBe("3");
  expect(value.secrets.map(({ secretKey }: { secretKey: string }) => secretKey)).toEqual(["B"]);
});

test("an empty folder is a first state too", async () => {
  const { watch } = await startWatching({ secrets: {} });
  const { value, done } = await watch()[Symbol.asyncIterator]().next();
  expect([done, value]).toEqual([false, { added: [], changed: [], removed: [], secrets: [] }]);
});

test("an unchanged list is not sent again", async () => {
  const { watch, pass, polls } = await startWatching();
  const watcher = watch();
  await watcher.refresh();
  for (let count = 0; count < 3; count += 1) await pass();
  expect(polls()).toEqual([200, 304, 304, 304]);
});

test("a slow loop gets the net change once, and nothing for a value that was changed back", async () => {
  const { watch, set, remove } = await startWatching();
  const watcher = watch();
  const slow = watcher[Symbol.asyncIterator]();
  const fast = watcher[Symbol.asyncIterator]();
  await slow.next();
  await fast.next();
  for (const value of ["2", "3"]) {
    set("A", value);
    await watcher.refresh();
    expect(short((await fast.next()).value)).toBe(`~A=${value}`);
  }
  expect(short((await slow.next()).value)).toBe("~A=3");
  const next = slow.next();
  set("A", "4");
  set("B", "1");
  await watcher.refresh();
  expect(short((await next).value)).toBe("+B=1 ~A=4");
  const afterwards = slow.next();
  // Nothing reads while these come and go.
  set("A", "5");
  await watcher.refresh();
  expect(short((await afterwards).value)).toBe("~A=5");
  set("A", "6");
  remove("B");
  await watcher.refresh();
  set("A", "5");
  set("B", "1");
  await watcher.refresh();
  set("C", "1");
  await watcher.refresh();
  expect(short((await slow.next()).value)).toBe("+C=1");
});

test("each change is one event, which prints no value", async () => {
  const { watch, set } = await startWatching();
  const watcher = watch();
  const events: SecretsChangeEvent[] = [];
  watcher.addEventListener("change", (event) => events.push(event));
  set("A", "the-value-of-a");
  await watcher.refresh();
  await watcher.refresh();
  set("B", "2");
  await watcher.refresh();
  expect(events.map(short)).toEqual(["+A=the-value-of-a", "+B=2"]);
  expect(inspect(events, { showHidden: true, depth: 9 }) + JSON.stringify(events)).not.toContain("the-value");
  expect(inspect(watcher, { showHidden: true, depth: 9 })).not.toContain("the-value");
});

test.each([
  ["comment", { secretComment: "new" }, true],
  ["tags", "tags", true],
  ["metadata", { secretMetadata: [{ key: "k", value: "v" }] }, true],
  ["multiline flag", { skipMultilineEncoding: true }, true],
  ["reminder", { secretReminderNote: "new" }, false],
  ["version alone", { secretValue: "1" }, false],
] as const)("a change of the %s is told only if an application sees it", async (_, change, isTold) => {
  const { watch, client, location, projectId } = await startWatching({ tags: [{ slug: "red" }] });
  const watcher = watch();
  await watcher.refresh();
  const events: string[] = [];
  watcher.addEventListener("change", (event) => events.push(short(event)));
  const fields =
    change === "tags"
      ? { tagIds: [await tagOf((path) => client.request({ method: "GET", path }), projectId)] }
      : change;
  await client.secrets().updateSecret("A", { ...location, ...fields });
  await watcher.refresh();
  expect(events).toEqual(isTold ? ["~A=1"] : []);
});

async function tagOf(get: (path: string) => Promise<unknown>, projectId: string): Promise<string> {
  const found = (await get(`/api/v1/projects/${projectId}/tags`)) as { tags: { id: string }[] };
  return found.tags[0]?.id ?? "";
}

test("a folder's own secret wins over an import of its name, and taking its place is a change", async () => {
  const { watch, server } = await startWatching({
    secrets: { dev: { "/": { OWN: "1" }, "/shared": { A: "imported", OWN: "behind the folder's own" } } },
    imports: [{ environment: "dev", import: { environment: "dev", path: "/shared" } }],
  });
  const watcher = watch({ includeImports: true });
  const changes = watcher[Symbol.asyncIterator]();
  const first = (await changes.next()).value;
  expect(short(first)).toBe("+OWN=1 +A=imported");
  expect(watcher.get("A")).toMatchObject({ secretPath: "/shared" });
  server.secrets.set({ environment: "dev", key: "A", value: "own" });
  await watcher.refresh();
  expect(short((await changes.next()).value)).toBe("~A=own");
});

test("secrets of one name in several folders are told apart", async () => {
  const { watch, server } = await startWatching({
    secrets: { dev: { "/": { A: "1" }, "/x": { A: "2" } } },
  });
  const watcher = watch({ recursive: true });
  const changes = watcher[Symbol.asyncIterator]();
  expect(
    short((await changes.next()).value)
      .split(" ")
      .sort(),
  ).toEqual(["+A=1", "+A=2"]);
  expect(watcher.get("A")?.secretValue).toBe("1");
  server.secrets.set({ environment: "dev", path: "/x", key: "A", value: "3" });
  await watcher.refresh();
  expect(short((await changes.next()).value)).toBe("~A=3");
});

test("what is told is frozen", async () => {
  const { watch } = await startWatching();
  const { value } = await watch()[Symbol.asyncIterator]().next();
  for (const part of [value, value.added, value.secrets, value.secrets[0], value.secrets[0].tags]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test("without an etag from the server, lists are compared", async () => {
  const { watch, fail, client, location, set, polls } = await startWatching();
  const body = await client.secrets().listSecrets(location);
  fail(2, { status: 200, body });
  const watcher = watch();
  const events: string[] = [];
  watcher.addEventListener("change", (event) => events.push(short(event)));
  await watcher.refresh();
  await watcher.refresh();
  set("A", "2");
  await watcher.refresh();
  expect(events).toEqual(["+A=1", "~A=2"]);
  expect(polls()).toEqual([200, 200, 200, 200]);
});
