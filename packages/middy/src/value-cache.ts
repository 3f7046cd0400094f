import type { ReadValue, Wanted } from "./read-sources.ts";

/** A value that was asked for. */
interface Entry {
  readonly value: Promise<ReadValue>;
  /** When, in milliseconds since 1970. */
  readonly requestedAt: number;
}

/** How long a value is good, and how another one is read. */
export interface ReadThrough {
  /** In milliseconds; 0 keeps nothing, `Infinity` everything. */
  readonly lifetime: number;
  readonly now: () => number;
  readonly read: (missing: readonly Wanted[]) => ReadonlyMap<string, Promise<ReadValue>>;
}

/** Values that calls share, from the moment in which they are asked for. What fails is forgotten. */
export class ValueCache {
  readonly #entries = new Map<string, Entry>();

  /** Returns a promise of each value: the one that is kept, or that of a new request. */
  obtain(wanted: readonly Wanted[], { lifetime, now, read }: ReadThrough): readonly Promise<ReadValue>[] {
    // The time of day: an instance that is frozen between calls may stop any other clock.
    const at = now();
    const isGood = (entry: Entry | undefined): boolean => {
      const age = at - (entry?.requestedAt ?? Number.NaN);
      // Of a clock that was set back, nobody knows how much time has passed.
      return age >= 0 && age < lifetime;
    };
    const missing = new Map(
      wanted.flatMap((each) => (isGood(this.#entries.get(each.key)) ? [] : [[each.key, each] as const])),
    );
    const fetched: ReadonlyMap<string, Promise<ReadValue>> = missing.size > 0
      ? read([...missing.values()])
      : new Map();
    if (lifetime > 0) {
      for (const [key, value] of fetched) this.#keep(key, { value, requestedAt: at });
    }
    return wanted.map(({ key }) => (fetched.get(key) ?? this.#entries.get(key)?.value) as Promise<ReadValue>);
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
  }
}

/** The caches of each client, by their names. They live as long as the client. */
const ofClients: WeakMap<object, Map<string, ValueCache>> = new WeakMap();

/** Returns the cache of a client with this name. Middlewares with the same name share it. */
export function cacheOf(client: object, cacheKey: string): ValueCache {
  const caches = ofClients.get(client) ?? new Map<string, ValueCache>();
  ofClients.set(client, caches);
  const cache = caches.get(cacheKey) ?? new ValueCache();
  caches.set(cacheKey, cache);
  return cache;
}
