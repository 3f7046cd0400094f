interface SharedListener {
  readonly listener: () => void;
  /** What to run when the signal aborts. */
  readonly waiting: Set<() => void>;
}

/** The one listener of each signal that somebody waits for. It is gone when nobody does. */
const listeners: WeakMap<AbortSignal, SharedListener> = new WeakMap();

/**
 * Runs a function when a signal aborts, or at once where it has aborted already.
 *
 * However many calls share a signal, it gets a single listener, so that Node prints no warning about many.
 *
 * @param signal - The signal; `undefined` for none.
 * @param abort - What to run, once. It must not throw.
 * @returns Takes it back; call it when there is nothing left to end.
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
 * Why a signal aborted: its reason, or an `AbortError` where an old polyfill has none.
 *
 * @param signal - A signal that has aborted.
 * @returns What the call that it ends rejects with.
 *
 * @example
 * import { abortReason } from "@infisical/core/authoring";
 * abortReason(AbortSignal.abort(new Error("enough"))); // Error: enough
 */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}
