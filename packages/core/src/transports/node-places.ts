import { abortedFailure } from "./node-failure.ts";

/** Lets only so many requests run at a time; the others wait, in the order in which they came. */
export class Places {
  readonly #count: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** How many are taken. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes a place.
   *
   * @returns `undefined` if there was one, otherwise a promise of it, which an abort rejects.
   */
  claim(signal: AbortSignal): Promise<void> | undefined {
    if (this.#taken < this.#count) {
      this.#taken++;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(start);
        reject(abortedFailure(false));
      };
      const start = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.add(start);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Hands the place on to whoever has waited longest. */
  release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#taken--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
