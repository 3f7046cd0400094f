/**
 * An AbortSignal of an old polyfill: without `reason`, without `throwIfAborted`, of a class of its own.
 */
export class OldSignal {
  aborted = false;

  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** How many listen. */
  get listenerCount() {
    return this.#listeners.size;
  }

  /**
   * @param {string} _
   * @param {() => void} listener
   */
  addEventListener(_, listener) {
    this.#listeners.add(listener);
  }

  /**
   * @param {string} _
   * @param {() => void} listener
   */
  removeEventListener(_, listener) {
    this.#listeners.delete(listener);
  }

  abort() {
    this.aborted = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}
