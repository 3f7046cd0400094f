import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import { fromUnstorage } from "../src/index.ts";
import type { OpenStore } from "./redis-store.ts";
import { memoryStore } from "./start-shared.ts";

export async function openFiles(): Promise<OpenStore> {
  const base = await mkdtemp(join(tmpdir(), "cache-store-"));
  const storage = createStorage({ driver: fsDriver({ base }) });
  return {
    store: fromUnstorage(storage),
    close: async () => {
      await storage.dispose();
      await rm(base, { recursive: true, force: true });
    },
  };
}

export async function openMemory(): Promise<OpenStore> {
  return { store: memoryStore(), close: async () => undefined };
}
