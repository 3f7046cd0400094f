/**
 * Time that passes only when nothing else happens: it jumps to the next timer. A fleet's hour takes seconds.
 *
 * @typedef {{ readonly due: number, readonly ring: () => void }} Timer
 */

export class MovedTime {
  /** @type {{ advance(milliseconds: number): void, now(): number }} */
  #clock;
  /** Sorted by when they are due: a binary heap. @type {Timer[]} */
  #timers = [];
  /** @type {Set<Timer>} */
  #cancelled = new Set();
  #busy = 0;

  /** @param {{ advance(milliseconds: number): void, now(): number }} clock - The server's clock, which stands still by itself. */
  constructor(clock) {
    this.#clock = clock;
  }

  now() {
    return this.#clock.now();
  }

  /**
   * Counts something that takes no time but has to end before time passes.
   *
   * @template Result
   * @param {() => Promise<Result>} run
   */
  async during(run) {
    this.#busy += 1;
    try {
      return await run();
    } finally {
      this.#busy -= 1;
    }
  }

  /**
   * @param {number} milliseconds
   * @param {() => void} ring
   */
  alarm(milliseconds, ring) {
    const timer = { due: this.now() + Math.max(0, milliseconds), ring };
    push(this.#timers, timer);
    return timer;
  }

  /** @param {Timer} timer */
  cancel(timer) {
    this.#cancelled.add(timer);
  }

  /**
   * @param {number} milliseconds
   * @param {AbortSignal} [signal]
   * @returns {Promise<void>}
   */
  sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = this.alarm(milliseconds, () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      });
      const abort = () => {
        this.cancel(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /**
   * Lets time pass until something has ended.
   *
   * @param {Promise<unknown>} end
   * @param {number} pause - How long to leave the machine to work that takes real time, such as encryption, before each
   * step, in milliseconds.
   */
  async until(end, pause) {
    let isOver = false;
    const finish = () => {
      isOver = true;
    };
    end.then(finish, finish);
    while (!isOver) {
      await new Promise((resolve) => (pause > 0 ? setTimeout(resolve, pause) : setImmediate(resolve)));
      if (this.#busy > 0 || isOver) continue;
      const next = pop(this.#timers);
      if (!next) continue;
      if (this.#cancelled.delete(next)) continue;
      const ahead = next.due - this.now();
      if (ahead > 0) this.#clock.advance(ahead);
      next.ring();
    }
  }
}

/**
 * @param {Timer[]} heap
 * @param {Timer} timer
 */
function push(heap, timer) {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (at(heap, parent).due <= timer.due) break;
    heap[index] = at(heap, parent);
    index = parent;
  }
  heap[index] = timer;
}

/** @param {Timer[]} heap */
function pop(heap) {
  const [first] = heap;
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    if (left >= heap.length) break;
    const smaller = left + 1 < heap.length && at(heap, left + 1).due < at(heap, left).due ? left + 1 : left;
    if (at(heap, smaller).due >= last.due) break;
    heap[index] = at(heap, smaller);
    index = smaller;
  }
  heap[index] = last;
  return first;
}

/**
 * @param {Timer[]} heap
 * @param {number} index
 */
function at(heap, index) {
  return /** @type {Timer} */ (heap[index]);
}
