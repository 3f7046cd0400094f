import { InfisicalSDKError } from "../errors/errors.ts";

interface SharedListener {
  readonly listener: () => void;
  /** What to run when the signal aborts. */
  readonly waiting: Set<() => void>;
}

/** The one listener of each signal that somebody waits for. It is removed when nobody does any more. */
const listeners: WeakMap<AbortSignal, SharedListener> = new WeakMap();

/**
 * Runs a function when a signal aborts, or immediately if it has aborted already.
 *
 * However many calls share a signal, it gets a single listener, so that Node prints no warning about many.
 *
 * @param signal - The signal; `undefined` for none.
 * @param abort - What to run, once. It must not throw.
 * @returns A function that cancels this; call it when there is nothing left to end.
 *
 * @example
 * import { onAbort } from "@infisical/core/authoring";
 * const controller = new AbortController();
 * const forget = onAbort(controller.signal, () => console.log("ended"));
 * forget();
 */
export function onAbort(signal: AbortSignal | undefined, abort: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) {
    abort();
    return () => undefined;
  }
  const shared = listeners.get(signal) ?? listen(signal);
  const mine = (): void => abort();
  shared.waiting.add(mine);
  return () => {
    if (!shared.waiting.delete(mine) || shared.waiting.size > 0) return;
    listeners.delete(signal);
    signal.removeEventListener("abort", shared.listener);
  };
}

function listen(signal: AbortSignal): SharedListener {
  const waiting = new Set<() => void>();
  const listener = (): void => {
    listeners.delete(signal);
    for (const abort of waiting) abort();
    waiting.clear();
  };
  const shared = { listener, waiting };
  listeners.set(signal, shared);
  signal.addEventListener("abort", listener, { once: true });
  return shared;
}

/**
 * Returns why a signal aborted: its reason, or an `AbortError` if an old polyfill has none.
 *
 * @param signal - A signal that has aborted.
 * @returns The reason, with which the call that it ends rejects.
 *
 * @example
 * import { abortReason } from "@infisical/core/authoring";
 * abortReason(AbortSignal.abort(new Error("enough"))); // Error: enough
 */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}

/** Whether an error is why a signal aborted: it belongs to whoever aborted the signal, and stays as it is. */
export function isReasonOf(signal: AbortSignal | undefined, error: unknown): boolean {
  return signal?.aborted === true && signal.reason === error;
}

/**
 * Waits for work that others may share, and stops waiting when a signal aborts; the work itself continues.
 *
 * @param work - What to wait for.
 * @param signal - Ends the wait; `undefined` to wait as long as the work takes.
 * @returns What the work resolves to.
 * @throws The signal's own reason.
 *
 * @example
 * import { abortable } from "@infisical/core/authoring";
 * const shared = Promise.resolve("token");
 * const mine = (signal: AbortSignal) => abortable(shared, signal);
 */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(abortReason(signal)));
    work.finally(forget).then(resolve, reject);
  });
}

/**
 * Waits for work until a time limit passes or a signal aborts, even if the work itself continues.
 *
 * @param limit - In milliseconds of real time.
 * @param what - What must end in time, as the start of a sentence.
 * @param ended - Ends the wait, and the work; `undefined` for none.
 * @param work - The work; its signal aborts when the wait ends early.
 * @returns What the work resolves to.
 * @throws {InfisicalSDKError} `TIMEOUT`
 * @throws The reason of `ended`.
 *
 * @example
 * import { withinTime } from "@infisical/core/authoring";
 * await withinTime(1000, "The command", undefined, async (signal) => signal.aborted); // false
 */
export function withinTime<Result>(
  limit: number,
  what: string,
  ended: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clearTimeout(timer);
      reject(reason);
      controller.abort(reason);
    };
    const timer = setTimeout(() => {
      end(new InfisicalSDKError(`${what} took longer than ${limit} ms.`, { code: "TIMEOUT" }));
    }, limit);
    const forget = onAbort(ended, () => end(abortReason(ended as AbortSignal)));
    work(controller.signal)
      .finally(() => {
        clearTimeout(timer);
        forget();
      })
      .then(resolve, reject);
  });
}

/** A limited number of slots; whoever finds none free waits, in the order of arrival. */
export class Slots {
  readonly #count: number;
  readonly #queue = new Set<() => void>();
  #taken = 0;
  #isHandingOn = false;

  constructor(count: number) {
    this.#count = count;
  }

  /** How many are taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes a slot if one is free. */
  take(): boolean {
    if (this.#taken >= this.#count) return false;
    this.#taken += 1;
    return true;
  }

  /** Runs a function once it has a slot; returns a function that leaves the queue. */
  whenFree(run: () => void): () => void {
    this.#queue.add(run);
    return () => {
      this.#queue.delete(run);
    };
  }

  /** Frees a slot, and hands what is free on to those who have waited longest. */
  release(): void {
    this.#taken -= 1;
    // Whoever gets a slot may release it at once: a loop does not overflow the stack, however long the queue is.
    if (this.#isHandingOn) return;
    this.#isHandingOn = true;
    try {
      for (const next of this.#queue) {
        if (!this.take()) return;
        this.#queue.delete(next);
        next();
      }
    } finally {
      this.#isHandingOn = false;
    }
  }
}
