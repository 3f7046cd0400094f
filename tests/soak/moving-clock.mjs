import { abortReason, onAbort } from "@infisical/core/authoring";
import { pick } from "./random.mjs";

const minute = 60_000;
const steps = /** @type {const} */ ([60 * minute, 60 * minute, 2 * minute, 5 * minute, 11 * minute]);

/** A client's clock that somebody sets ahead and back, while timers go on as they do. */
export class MovingClock {
  #offset = 0;
  /** Where the clock has been: no time of it comes twice, as the client keeps logins apart that follow each other. */
  #offsets = [0];

  now() {
    return Date.now() + this.#offset;
  }

  monotonic() {
    return performance.now();
  }

  /**
   * @param {number} milliseconds
   * @param {AbortSignal} [signal]
   * @returns {Promise<void>}
   */
  sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        forget();
        resolve();
      }, milliseconds);
      const forget = onAbort(signal, () => {
        clearTimeout(timer);
        reject(abortReason(/** @type {AbortSignal} */ (signal)));
      });
    });
  }

  /**
   * Sets the clock ahead or back, by minutes or an hour, but never further off than three hours.
   *
   * @param {() => number} random
   */
  step(random) {
    let next = this.#offset;
    do {
      const step = pick(random, steps) + (random() - 0.5) * minute;
      const isAhead = this.#offset <= -180 * minute || (this.#offset < 180 * minute && random() < 0.5);
      next = this.#offset + (isAhead ? step : -step);
    } while (this.#offsets.slice(-30).some((offset) => Math.abs(offset - next) < 1.5 * minute));
    this.#offset = next;
    this.#offsets.push(next);
  }
}
