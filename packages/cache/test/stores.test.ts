import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { openFiles, openMemory } from "./real-stores.ts";
import { hasRedis, type OpenStore, openRedis } from "./redis-store.ts";
import { minute, startShared, written } from "./start-shared.ts";

const isThereRedis = await hasRedis();

const stores: [string, boolean, () => Promise<OpenStore>][] = [
  ["a Map", true, openMemory],
  ["Keyv in Redis", isThereRedis, async () => openRedis(`test-${randomUUID()}`)],
  ["unstorage in files", true, openFiles],
];

describe.each(stores)("%s", (_, isThere, openStore) => {
  async function open() {
    const { store, close } = await openStore();
    onTestFinished(close);
    return store;
  }

  test.runIf(isThere)("keeps, replaces and removes texts", async () => {
    const store = await open();
    expect((await store.get("a-1")) ?? undefined).toBeUndefined();
    await store.set("a-1", "infisical-cache-1.AAAA.BBBB", 60_000);
    await store.set("a-2", "generation-00000000000000000000000000000000", 10 * 365 * 24 * 60 * minute);
    expect(await store.get("a-1")).toBe("infisical-cache-1.AAAA.BBBB");
    expect(await store.get("a-2")).toBe("generation-00000000000000000000000000000000");
    await store.set("a-1", "claimed", 60_000);
    expect(await store.get("a-1")).toBe("claimed");
    await store.delete("a-1");
    expect((await store.get("a-1")) ?? undefined).toBeUndefined();
    await store.delete("a-1");
  });

  test.runIf(isThere)("keeps a text of a megabyte", async () => {
    const store = await open();
    const text = `infisical-cache-1.AAAA.${"abc/".repeat(250_000)}`;
    await store.set("long", text, 60_000);
    expect(await store.get("long")).toBe(text);
  });

  test.runIf(isThere)(
    "serves a process that starts while the server is down, and is dropped by a write",
    async () => {
      const store = await open();
      const { server, fill, join, location, siteUrl } = await startShared({ store, staleIfError: "1h" });
      const { client, reads } = await fill();
      await server.close();
      server.clock.advance(minute);
      expect(await join().get()).toBe("value-1");
      await server.listen({ port: Number(new URL(siteUrl).port) });
      await client.secrets().updateSecret("A", { ...location, secretValue: "value-2" });
      const next = join();
      await expect.poll(async () => next.get()).toBe("value-2");
      expect(reads.stats()).toMatchObject({ storeFailures: 0, storeUnreadable: 0 });
      await written(next.reads);
      expect(await join().get()).toBe("value-2");
    },
  );
});
