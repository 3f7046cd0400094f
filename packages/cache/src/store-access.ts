import { systemCodeText, warn, withinTime } from "@infisical/core/authoring";
import type { Ages, Moment } from "./ages.ts";
import type { CacheStore } from "./store.ts";

/** What is counted about a store. */
export interface StoreCounts {
  storeFailures: number;
  storeUnreadable: number;
}

/** After so many failures in a row, the store is left alone for a while. */
const failuresInARow = 3;

/** How long, in times of the time limit. */
const pauseFactor = 10;

/** How many accesses a store may leave unanswered before no more are made. */
const mostUnanswered = 256;

/** How often one access is made nevertheless, in milliseconds: the store may be back, and have lost the others. */
const probeInterval = 60_000;

/** The longest text that is read or written, in characters. */
const longestText = 24 * 1024 * 1024;

/** Accesses a store so that it can neither delay nor harm a call, whatever it does. */
export class StoreAccess {
  readonly #store: CacheStore;
  readonly #limit: number;
  readonly #ages: Ages;
  readonly #counts: StoreCounts;
  readonly #told = new Set<keyof StoreCounts>();
  #unanswered = { count: 0 };
  #probedAt: Moment | undefined;
  #failures = 0;
  #failedAt: Moment | undefined;

  constructor(store: CacheStore, limit: number, ages: Ages, counts: StoreCounts) {
    this.#store = store;
    this.#limit = limit;
    this.#ages = ages;
    this.#counts = counts;
  }

  /** Whether the store has failed so often that it is not asked for now. */
  get isPaused(): boolean {
    if (!this.#failedAt || this.#failures < failuresInARow) return false;
    return this.#ages.since(this.#failedAt) < pauseFactor * this.#limit;
  }

  /**
   * Works with the store, within the time limit where somebody waits for it. Resolves to whether that succeeded; never
   * rejects.
   */
  async attempt(
    isAwaited: boolean,
    work: (late: AbortSignal | undefined) => Promise<void>,
  ): Promise<boolean> {
    if (this.isPaused) return false;
    try {
      await (isAwaited ? withinTime(this.#limit, "The store", undefined, work) : work(undefined));
      this.#failures = 0;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** The text under a key; `undefined` if there is none. */
  async get(key: string): Promise<string | undefined> {
    const text = await this.#ask((store) => store.get(key));
    if (text === undefined || text === null) return undefined;
    if (typeof text === "string" && text.length <= longestText) return text;
    this.noteUnreadable();
    return undefined;
  }

  /** Keeps a text unless it is too long. */
  async set(key: string, text: string, ttl: number): Promise<void> {
    if (text.length <= longestText) await this.#ask((store) => store.set(key, text, Math.ceil(ttl)));
  }

  async delete(key: string): Promise<void> {
    await this.#ask((store) => store.delete(key));
  }

  /** Keeps a text unless there is one, and tells whether it did. */
  async setIfAbsent(key: string, text: string, ttl: number): Promise<boolean> {
    if (this.#store.setIfAbsent) {
      return (await this.#ask((store) => store.setIfAbsent?.(key, text, Math.ceil(ttl)))) !== false;
    }
    // In steps: of several who find nothing, whoever writes last finds its own text.
    if ((await this.get(key)) !== undefined) return false;
    await this.set(key, text, ttl);
    return (await this.get(key)) === text;
  }

  /** Notes that the store has a text that is not what a cache with these keys wrote there. */
  noteUnreadable(): void {
    this.#counts.storeUnreadable += 1;
    this.#tell(
      "storeUnreadable",
      "The store of a cache contains texts that this cache did not write, or that were changed. They are ignored.",
    );
  }

  async #ask(access: (store: CacheStore) => unknown): Promise<unknown> {
    const unanswered = this.#unanswered;
    const isProbe = unanswered.count >= mostUnanswered;
    if (isProbe) {
      const isTooSoon = this.#probedAt && this.#ages.since(this.#probedAt) < probeInterval;
      if (isTooSoon) throw new Error("The store does not answer.");
      this.#probedAt = this.#ages.now();
    }
    unanswered.count += 1;
    try {
      return await access(this.#store);
    } finally {
      unanswered.count -= 1;
      if (isProbe) this.#unanswered = { count: 0 };
    }
  }

  #fail(error: unknown): void {
    this.#counts.storeFailures += 1;
    this.#failures += 1;
    this.#failedAt = this.#ages.now();
    this.#tell(
      "storeFailures",
      `The store of a cache failed or took longer than ${this.#limit} ms${systemCodeText(error)}. Reads go to the server instead.`,
    );
  }

  /** Once. What a store says may contain its address and password, so it is not repeated. */
  #tell(about: keyof StoreCounts, text: string): void {
    if (this.#told.has(about)) return;
    this.#told.add(about);
    warn("INFISICAL_CACHE_STORE", text);
  }
}
