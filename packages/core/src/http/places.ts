/** The places for attempts in flight: so many at a time, the rest in the order in which they came. */
export class Places {
  #free: number;
  readonly #queue = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a place if one is free. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  /** Runs a function once it has a place; returns what takes it out of the queue. */
  whenFree(run: () => void): () => void {
    this.#queue.add(run);
    return () => {
      this.#queue.delete(run);
    };
  }

  /** Gives a place to the next one in the queue, or back. */
  release(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
