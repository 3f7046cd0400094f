/**
 * Where a cache shares what it keeps with other processes. It sees names and texts that mean nothing without the cache's
 * `encryptionKey`.
 *
 * Every method can return a promise or the result itself.
 *
 * @example
 * import { type CacheStore, cache } from "@infisical/cache";
 * const texts = new Map<string, string>();
 * const store: CacheStore = {
 *   get: (key) => texts.get(key),
 *   set: (key, text) => void texts.set(key, text),
 *   delete: (key) => void texts.delete(key),
 * };
 * const reads = cache({ ttl: "5m", store, encryptionKey: encryptionKey });
 */
export interface CacheStore {
  /**
   * Returns the text that was last set; `undefined` or `null` if there is none.
   *
   * @param key - Lower-case letters, digits and hyphens.
   */
  get(key: string): unknown;
  /**
   * Keeps a text in place of an earlier one.
   *
   * @param key - Lower-case letters, digits and hyphens.
   * @param text - ASCII, up to 24 MB.
   * @param ttlMs - How long the text is needed, in milliseconds: ten years for one that tells when everything was dropped.
   * A store may keep it longer, because texts contain their own end.
   */
  set(key: string, text: string, ttlMs: number): unknown;
  /**
   * Removes a text, if there is one.
   *
   * @param key - Lower-case letters, digits and hyphens.
   */
  delete(key: string): unknown;
  /**
   * Keeps a text unless there is one, in one step, so that one of many processes requests a new response. Without it, two
   * processes may request one at the same moment.
   *
   * @param key - Lower-case letters, digits and hyphens.
   * @param text - ASCII.
   * @param ttlMs - How long the text is needed, in milliseconds.
   * @returns Whether it was kept, or a promise of that.
   */
  setIfAbsent?(key: string, text: string, ttlMs: number): unknown;
}

/** What {@link fromKeyv} needs of a Keyv. */
export interface KeyvLike {
  /** Returns what was last set. */
  get(key: string): Promise<unknown>;
  /** Keeps a value for some milliseconds. */
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  /** Removes a value. */
  delete(key: string): Promise<unknown>;
}

/** What {@link fromUnstorage} needs of a storage. */
export interface UnstorageLike {
  /** Returns what was last set. */
  getItem(key: string): Promise<unknown>;
  /** Keeps a value; some drivers drop it after `ttl` seconds. */
  setItem(key: string, value: string, options?: { ttl?: number }): Promise<unknown>;
  /** Removes a value. */
  removeItem(key: string): Promise<unknown>;
}

/**
 * Makes a store of a Keyv, and so of Redis, PostgreSQL, etcd and others.
 *
 * @param keyv - The Keyv. It stays yours: listen to its `error` events, and disconnect it at the end.
 * @returns The store.
 *
 * @example
 * import { cache, fromKeyv, type KeyvLike } from "@infisical/cache";
 * const shared = (keyv: KeyvLike) => cache({ ttl: "5m", store: fromKeyv(keyv), encryptionKey });
 */
export function fromKeyv(keyv: KeyvLike): CacheStore {
  return {
    get: (key) => keyv.get(key),
    set: async (key, text, ttlMs) => {
      // A Keyv reports failures as events, and resolves to false.
      if ((await keyv.set(key, text, ttlMs)) === false) throw new Error("Keyv did not keep the text.");
    },
    delete: (key) => keyv.delete(key),
  };
}

/**
 * Makes a store of an unstorage, and so of files, Cloudflare KV, Vercel KV, S3 and others.
 *
 * @param storage - The storage. It stays yours: dispose of it at the end.
 * @returns The store.
 *
 * @example
 * import { cache, fromUnstorage, type UnstorageLike } from "@infisical/cache";
 * const shared = (storage: UnstorageLike) => cache({ ttl: "5m", store: fromUnstorage(storage), encryptionKey });
 */
export function fromUnstorage(storage: UnstorageLike): CacheStore {
  return {
    get: (key) => storage.getItem(key),
    set: (key, text, ttlMs) => storage.setItem(key, text, { ttl: Math.ceil(ttlMs / 1000) }),
    delete: (key) => storage.removeItem(key),
  };
}
