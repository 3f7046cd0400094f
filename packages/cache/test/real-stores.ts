import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import { type CacheStore, fromKeyv, fromUnstorage } from "../src/index.ts";
import { memoryStore } from "./start-shared.ts";

const redis = { host: "127.0.0.1", port: 6379 };

/** A store, with everything that is in it, and its end. */
export interface OpenStore {
  readonly store: CacheStore;
  close(): Promise<void>;
}

/** Whether a Redis listens here. */
export function hasRedis(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(redis);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** A Keyv in Redis. Its namespace is its own. */
export function openRedis(namespace: string): OpenStore {
  const adapter = new KeyvRedis(`redis://${redis.host}:${redis.port}`);
  const keyv = new Keyv({ store: adapter, namespace });
  keyv.on("error", () => undefined);
  return {
    store: fromKeyv(keyv),
    close: async () => {
      await keyv.clear();
      await keyv.disconnect();
    },
  };
}

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
