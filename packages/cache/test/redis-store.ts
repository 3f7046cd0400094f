import { connect } from "node:net";
import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";
import { type CacheStore, fromKeyv } from "../src/index.ts";

const redis = { host: "127.0.0.1", port: 6379 };

/** A store, and its end. */
export interface OpenStore {
  readonly store: CacheStore;
  close(): Promise<void>;
}

/** Whether a Redis listens here; a warning says why tests are skipped where none does. */
export function hasRedis(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(redis);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      process.emitWarning(`Tests are skipped: there is not a Redis at ${redis.host}:${redis.port}.`);
      resolve(false);
    });
  });
}

/** A Keyv in Redis. Its namespace is its own. */
export function openRedis(namespace: string): OpenStore {
  const keyv = new Keyv({ store: new KeyvRedis(`redis://${redis.host}:${redis.port}`), namespace });
  keyv.on("error", () => undefined);
  return {
    store: fromKeyv(keyv),
    close: async () => {
      await keyv.clear();
      await keyv.disconnect();
    },
  };
}
