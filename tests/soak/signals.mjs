import { getEventListeners } from "node:events";
import { OldSignal } from "./old-signal.mjs";

/**
 * A call's signal.
 *
 * @typedef {object} CallSignal
 * @property {AbortSignal | undefined} signal
 * @property {boolean} wasAborted whether it had aborted before the call
 * @property {(error: unknown) => boolean} isReason whether the call ended because of it
 * @property {() => void} end is called when the call has ended
 */

/** How many calls a signal is for that aborts them all. */
const batchSize = 400;

/** The signals of a run: one for many calls, one for each, aborted before, at some moment, or never. */
export class Signals {
  /** Calls that went on after their signal had aborted. */
  deaf = 0;
  listenersLeft = 0;

  /** One for the whole run, which never aborts. */
  #shared = new AbortController();
  #batch = new AbortController();
  /** @type {AbortSignal[]} */
  #batches = [];
  /** @type {Set<object>} */
  #underWay = new Set();

  /**
   * Makes the signal of a call.
   *
   * @param {() => number} random
   * @param {{ isPrompt: boolean }} options isPrompt: whether the call ends at once when its signal aborts
   * @returns {CallSignal}
   */
  make(random, { isPrompt }) {
    const kind = random();
    const moment = random() * 12;
    if (kind < 0.42) return this.#follow(undefined, undefined);
    if (kind < 0.72) return this.#follow(this.#shared.signal, undefined);
    if (kind < 0.82) return this.#follow(this.#batch.signal, undefined);
    if (kind < 0.85) return this.#follow(AbortSignal.abort(new Error("aborted before")), undefined);
    if (kind < 0.88) return this.#follow(AbortSignal.timeout(Math.ceil(moment)), undefined);
    if (kind < 0.94) {
      const controller = new AbortController();
      return this.#follow(controller.signal, () => controller.abort(new Error("aborted")), {
        moment,
        isPrompt,
      });
    }
    const signal = new OldSignal();
    if (kind > 0.99) signal.abort();
    const abort = () => signal.abort();
    return this.#follow(/** @type {never} */ (signal), abort, { moment, isPrompt });
  }

  /**
   * Aborts the calls of a batch together, once in a while.
   *
   * @param {number} call
   */
  turn(call) {
    if (call % batchSize !== batchSize - 1) return;
    this.#batches.push(this.#batch.signal);
    this.#batch.abort(new Error("the batch was aborted"));
    this.#batch = new AbortController();
  }

  /** Counts the listeners of the signals that are for several calls. All of them must have ended. */
  finish() {
    for (const signal of [this.#shared.signal, this.#batch.signal, ...this.#batches])
      this.#countListeners(signal);
  }

  /**
   * @param {AbortSignal | undefined} signal
   * @param {(() => void) | undefined} abort
   * @param {{ moment: number, isPrompt: boolean }} [when]
   * @returns {CallSignal}
   */
  #follow(signal, abort, when = { moment: 0, isPrompt: false }) {
    const call = {};
    this.#underWay.add(call);
    const timer =
      abort &&
      setTimeout(() => {
        abort();
        // The caller of a call that heard of it is told within a turn or two.
        if (when.isPrompt) afterTurns(3, () => this.#underWay.has(call) && this.#countDeaf());
      }, when.moment);
    return {
      signal,
      wasAborted: signal?.aborted ?? false,
      isReason: (error) => {
        if (!signal?.aborted) return false;
        if (!("reason" in signal)) return error instanceof DOMException && error.name === "AbortError";
        return error === signal.reason;
      },
      end: () => {
        clearTimeout(timer);
        this.#underWay.delete(call);
        const isShared =
          signal === this.#shared.signal ||
          signal === this.#batch.signal ||
          this.#batches.includes(/** @type {AbortSignal} */ (signal));
        if (signal && !isShared) this.#countListeners(signal);
      },
    };
  }

  #countDeaf() {
    this.deaf += 1;
  }

  /** @param {AbortSignal | OldSignal} signal */
  #countListeners(signal) {
    this.listenersLeft +=
      signal instanceof OldSignal ? signal.listenerCount : getEventListeners(signal, "abort").length;
  }
}

/**
 * @param {number} turns of the event loop
 * @param {() => void} run
 */
function afterTurns(turns, run) {
  setImmediate(() => (turns > 1 ? afterTurns(turns - 1, run) : run()));
}
