import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { minute, startShared, written } from "./start-shared.ts";

/** Two machines with clocks of their own. */
async function twoClocks(options = {}) {
  const started = await startShared({ staleIfError: "1h", ...options });
  const times = { writer: Date.UTC(2031, 0), reader: Date.UTC(2031, 0) };
  const writer = started.join({ clock: { now: () => times.writer } });
  const reader = started.join({ clock: { now: () => times.reader } });
  const pass = (milliseconds: number): void => {
    times.writer += milliseconds;
    times.reader += milliseconds;
  };
  return { ...started, times, writer, reader, pass };
}

test("what a machine writes whose clock is ahead is a miss, also in an outage", async () => {
  const { server, times, writer, reader, sent } = await twoClocks();
  times.writer += 60 * minute;
  await writer.get();
  await written(writer.reads);
  server.fail({ method: "GET" }, { status: 503 });
  expect((await failureOf(reader.get())).code).toBe("SERVER_ERROR");
  expect(await reader.get()).toBe("value-1");
  expect(sent()).toBe(3);
});

test("clocks that differ by seconds share, for no longer than ttl from when the entry was first seen", async () => {
  const { server, times, writer, reader, pass, sent } = await twoClocks();
  times.writer += 5000;
  await writer.get();
  await written(writer.reads);
  expect(await reader.get()).toBe("value-1");
  expect(sent()).toBe(1);
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  pass(minute - 1);
  expect(await reader.get()).toBe("value-1");
  pass(1);
  expect(await reader.get()).toBe("value-2");
});

test("what a machine writes whose clock is behind is as old as it looks", async () => {
  const { server, times, writer, reader, sent } = await twoClocks();
  times.writer -= 30 * minute;
  await writer.get();
  await written(writer.reads);
  server.fail({ method: "GET" }, { status: 503 });
  expect(await reader.get()).toBe("value-1");
  expect(reader.reads.stats()).toMatchObject({ staleIfError: 1, storeHits: 0 });
  expect(sent()).toBe(2);
});

test("an entry ends with the policy of the process that wrote it, and with that of the one that reads it", async () => {
  const { server, fill, join } = await startShared();
  await fill({ staleIfError: "1m" });
  await server.close();
  server.clock.advance(2 * minute - 1);
  expect(await join({ staleIfError: "1h" }).get()).toBe("value-1");
  expect((await failureOf(join({ staleIfError: "30s" }).get())).code).toBe("UNREACHABLE");
  server.clock.advance(1);
  expect((await failureOf(join({ staleIfError: "1h" }).get())).code).toBe("UNREACHABLE");
});

test("a store that keeps everything forever makes nothing live longer", async () => {
  const { server, fill, join, store } = await startShared({ staleIfError: "1h" });
  await fill();
  const [entry] = store.entries();
  await server.close();
  server.clock.advance(61 * minute);
  expect(store.entries()).toEqual([entry]);
  expect((await failureOf(join().get())).code).toBe("UNREACHABLE");
});

test("a step back of this machine's clock makes nothing from the store younger in memory", async () => {
  const { server, reader, writer, times, pass } = await twoClocks({ staleIfError: 0 });
  await writer.get();
  await written(writer.reads);
  pass(minute / 2);
  expect(await reader.get()).toBe("value-1");
  times.reader -= minute;
  server.secrets.set({ environment: "dev", key: "A", value: "value-2" });
  expect(await reader.get()).toBe("value-2");
});
