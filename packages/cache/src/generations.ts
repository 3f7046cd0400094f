import { onAbort } from "@infisical/core/authoring";
import type { StoreAccess } from "./store-access.ts";

/** Longer than any entry is needed, in milliseconds. */
const tenYears = 10 * 365 * 24 * 60 * 60_000;

const form = /^generation-[\da-f]{32}$/;

/**
 * Drops everything in a store at once.
 *
 * The store has a random text, the generation. An entry contains the one that was current before it was requested, and
 * counts only while that is current. To drop everything is to set another one.
 */
export class Generations {
  readonly #access: StoreAccess;
  /** The name of the text, by each key. */
  readonly #names: () => Promise<readonly string[]>;
  /** How often everything was dropped by this process. */
  #drops = 0;
  /** How many of these the store knows. */
  #settled = 0;
  #settling: Promise<void> | undefined;

  constructor(access: StoreAccess, names: () => Promise<readonly string[]>) {
    this.#access = access;
    this.#names = names;
  }

  /** Another number after everything was dropped. */
  get drops(): number {
    return this.#drops;
  }

  /** Drops everything. This process reads nothing from the store before the store knows. */
  renew(): void {
    this.#drops += 1;
    void this.#access.attempt(false, () => this.settle(undefined));
  }

  /** Lets the store know what this process dropped. */
  async settle(late: AbortSignal | undefined): Promise<void> {
    while (this.#settled < this.#drops) {
      const settling = this.#settling ?? this.#setAll();
      this.#settling = settling;
      const end = (): void => {
        if (this.#settling === settling) this.#settling = undefined;
      };
      // What a store never answers is not waited for twice.
      const forget = onAbort(late, end);
      await settling.finally(() => {
        forget();
        end();
      });
    }
  }

  /** The current generation by one of the keys. Where there is none yet, and the key writes, it is made. */
  async current(index: number): Promise<string | undefined> {
    const name = (await this.#names())[index] as string;
    const found = await this.#access.get(name);
    if (found !== undefined && form.test(found)) return found;
    if (index > 0) return undefined;
    if (found !== undefined) this.#access.noteUnreadable();
    const made = newGeneration();
    if (found === undefined && !(await this.#access.setIfAbsent(name, made, tenYears))) {
      const other = await this.#access.get(name);
      return other !== undefined && form.test(other) ? other : undefined;
    }
    if (found !== undefined) await this.#access.set(name, made, tenYears);
    return made;
  }

  async #setAll(): Promise<void> {
    const upTo = this.#drops;
    const names = await this.#names();
    await Promise.all(names.map((name) => this.#access.set(name, newGeneration(), tenYears)));
    this.#settled = Math.max(this.#settled, upTo);
  }
}

function newGeneration(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `generation-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
