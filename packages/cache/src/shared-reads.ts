import { type IdentityScope, scopeOf } from "@infisical/core/authoring";
import { createEncryption, type Encryption } from "./encryption.ts";
import { Generations } from "./generations.ts";
import type { Entry, KnownRead } from "./known-reads.ts";
import type { CachePolicy } from "./policy.ts";
import type { RequestShape } from "./shared-request.ts";
import { describeRead, readEntry, writeEntry } from "./shared-text.ts";
import { StoreAccess, type StoreCounts } from "./store-access.ts";

/** What is counted about what is shared. */
export interface SharedCounts extends StoreCounts {
  storeWrites: number;
}

/** What the store said about a read, before the server is asked. */
export interface Consultation {
  /** Whether the store may have an entry of this read. */
  mayExist: boolean;
  /** Whether another process is requesting the response. */
  isClaimed: boolean;
  /** What was current before the request; `undefined` if that is unknown, so that the response must not be shared. */
  generation: string | undefined;
  readonly drops: number;
}

/** How long a process that requests a response keeps others from doing so, in milliseconds. */
const longestClaim = 5000;

/** How often the store is asked for a response that another process is requesting, in milliseconds. */
const pollInterval = 25;

/** One key of the user, and the names of a read by it. */
interface Named {
  readonly encryption: Encryption;
  readonly name: string;
}

/** What all identities of a cache share with other processes. */
export class SharedStore {
  readonly policy: CachePolicy;
  readonly counts: SharedCounts;
  readonly access: StoreAccess;
  readonly generations: Generations;
  readonly #encryptions: readonly Encryption[];
  /** Entries that are being deleted, by what describes their read. */
  readonly forgetting: Map<string, Promise<void>> = new Map();
  readonly lifetime: number;

  constructor(policy: CachePolicy, counts: SharedCounts) {
    const { store, encryptionKeys, storeTimeout } = policy.shared as NonNullable<CachePolicy["shared"]>;
    this.policy = policy;
    this.counts = counts;
    this.access = new StoreAccess(store, storeTimeout, policy.ages, counts);
    this.#encryptions = encryptionKeys.map(createEncryption);
    let names: Promise<readonly string[]> | undefined;
    this.generations = new Generations(this.access, () => {
      names ??= Promise.all(this.#encryptions.map(({ nameOf }) => nameOf("generation")));
      return names;
    });
    this.lifetime = policy.ttl + Math.max(policy.staleWhileRevalidate, policy.staleIfError);
  }

  /** What an identity shares; `undefined` if it is not known before the login who that is. */
  of(identity: object): SharedReads | undefined {
    const scope = scopeOf(identity);
    return scope && new SharedReads(this, scope);
  }

  namesOf(text: string): Promise<readonly Named[]> {
    return Promise.all(
      this.#encryptions.map(async (encryption) => ({ encryption, name: await encryption.nameOf(text) })),
    );
  }
}

/** What one identity shares with other processes that act as the same one. */
export class SharedReads {
  readonly #shared: SharedStore;
  readonly #scope: IdentityScope;
  readonly #names = new WeakMap<RequestShape, Promise<readonly Named[]>>();

  constructor(shared: SharedStore, scope: IdentityScope) {
    this.#shared = shared;
    this.#scope = scope;
  }

  /**
   * Looks for a response in the store, and otherwise claims the right to request it. It never rejects.
   *
   * @param read - The read.
   * @param isEarly - Whether the response that is kept can still be served, so that another process's is not waited for.
   * @param adopt - Keeps what was found, and returns whether that answers the read.
   */
  async consult(
    { shape }: KnownRead,
    isEarly: boolean,
    adopt: (entry: Entry) => boolean,
  ): Promise<Consultation> {
    const { access, generations, forgetting, policy } = this.#shared;
    const { drops } = generations;
    const consultation: Consultation = { mayExist: true, isClaimed: false, generation: undefined, drops };
    const text = describeRead(this.#scope, shape);
    if (text === undefined) return { ...consultation, mayExist: false };
    const find = (late: AbortSignal | undefined) => this.#find(shape, text, consultation, adopt, late);
    let mustWait = false;
    await access.attempt(true, async (late) => {
      await forgetting.get(text);
      await generations.settle(late);
      if (await find(late)) return;
      const [first] = await this.#namesOf(shape, text);
      const claim = Math.ceil(Math.min(longestClaim, policy.ttl / 2));
      if (!first || late?.aborted) return;
      const isMine =
        (await access.setIfAbsent(claimOf(first), `claimed-${crypto.randomUUID()}`, claim)) ||
        // What nobody here has written is not waited for.
        !/^claimed-[\da-f-]{36}$/.test((await access.get(claimOf(first))) ?? "");
      if (late?.aborted) return;
      consultation.isClaimed = !isMine;
      // Whoever had the claim may have written since.
      if (isMine) await find(late);
      mustWait = !isMine && !isEarly;
    });
    const end = performance.now() + (policy.shared?.storeTimeout ?? 0);
    for (let isFound = false; mustWait && !isFound && performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, pollInterval));
      const isAnswered = await access.attempt(true, async (late) => {
        isFound = await find(late);
      });
      if (!isAnswered) break;
    }
    return consultation;
  }

  /** Writes a response to the store, when its callers have it. Nobody waits for it. */
  write(read: KnownRead, entry: Entry, { generation, drops }: Consultation): void {
    const { access, counts, generations, lifetime, policy } = this.#shared;
    const text = describeRead(this.#scope, read.shape);
    const { status } = entry.response;
    if (text === undefined || generation === undefined || status < 200 || status > 299) return;
    const isOutdated = (): boolean =>
      read.invalid || drops !== generations.drops || (read.entry?.order ?? 0) > entry.order;
    const write = async (): Promise<void> => {
      const [first] = await this.#namesOf(read.shape, text);
      const left = lifetime - policy.ages.since(entry.requestedAt);
      if (!first || isOutdated() || left <= 0) return;
      const written = writeEntry(entry, lifetime, generation);
      if (written === undefined) return;
      await access.set(first.name, await first.encryption.seal(first.name, written), left);
      counts.storeWrites += 1;
      await access.delete(claimOf(first));
    };
    // Encrypting a long list takes a while, so its callers come first.
    setTimeout(() => void access.attempt(false, write));
  }

  /** Lets other processes request a response that this one failed to get. */
  release({ shape }: KnownRead, { isClaimed, generation }: Consultation): void {
    const text = describeRead(this.#scope, shape);
    if (text === undefined || isClaimed || generation === undefined) return;
    void this.#shared.access.attempt(false, async () => {
      const [first] = await this.#namesOf(shape, text);
      if (first) await this.#shared.access.delete(claimOf(first));
    });
  }

  /** Removes what the store has of a read. Until that is done, this process reads nothing of it there. */
  forget({ shape }: KnownRead): void {
    const { access, generations, forgetting } = this.#shared;
    const text = describeRead(this.#scope, shape);
    if (text === undefined) return;
    const forgotten = access
      .attempt(false, async () => {
        for (const { name } of await this.#namesOf(shape, text)) await access.delete(name);
      })
      .then((isDone) => {
        if (forgetting.get(text) === forgotten) forgetting.delete(text);
        if (!isDone) generations.renew();
      });
    forgetting.set(text, forgotten);
  }

  /** Looks for an entry by each key, and returns whether one of them answers the read. */
  async #find(
    shape: RequestShape,
    text: string,
    consultation: Consultation,
    adopt: (entry: Entry) => boolean,
    late: AbortSignal | undefined,
  ): Promise<boolean> {
    const { access, generations } = this.#shared;
    let mayExist = false;
    for (const [index, named] of (await this.#namesOf(shape, text)).entries()) {
      const [generation, sealed] = await Promise.all([generations.current(index), access.get(named.name)]);
      if (late?.aborted) return false;
      if (index === 0) consultation.generation = generation;
      if (sealed === undefined) continue;
      mayExist = true;
      const entry = generation === undefined ? undefined : await this.#open(named, sealed, generation);
      if (late?.aborted) return false;
      if (entry && adopt(entry)) return true;
    }
    consultation.mayExist = mayExist;
    return false;
  }

  async #open({ encryption, name }: Named, sealed: string, generation: string): Promise<Entry | undefined> {
    const { access, lifetime, policy } = this.#shared;
    try {
      return readEntry(await encryption.open(name, sealed), lifetime, generation, policy.ages);
    } catch {
      access.noteUnreadable();
      return undefined;
    }
  }

  #namesOf(shape: RequestShape, text: string): Promise<readonly Named[]> {
    const known = this.#names.get(shape) ?? this.#shared.namesOf(text);
    this.#names.set(shape, known);
    return known;
  }
}

function claimOf({ name }: Named): string {
  return `${name}-claim`;
}
