/** What a piece of work has started besides its result. */
export interface SideEffects<Result> {
  readonly result: Result;
  /** What was started and goes on, each in a few words. */
  readonly started: readonly string[];
}

type TimerHandle = ReturnType<typeof setTimeout>;

/** Runs a piece of work and tells what it left running: timers, and requests past its own `http`. */
export async function sideEffectsOf<Result>(work: () => Result): Promise<SideEffects<Awaited<Result>>> {
  const { fetch, setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const timers = new Set<TimerHandle>();
  let requests = 0;
  globalThis.setTimeout = watched(setTimeout, timers, false);
  globalThis.setInterval = watched(setInterval as unknown as typeof setTimeout, timers, true) as never;
  globalThis.clearTimeout = forgetting(clearTimeout, timers);
  globalThis.clearInterval = forgetting(clearInterval, timers);
  globalThis.fetch = (...request) => {
    requests += 1;
    return fetch(...request);
  };
  try {
    const before = resources();
    const pending = work();
    const opened = isPromise(pending) ? [] : newOf(resources(), before);
    const result = await pending;
    // What the work has put off shows a turn later.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    const started = [
      ...(timers.size > 0 ? ["a timer"] : []),
      ...(requests > 0 ? ["a request by the global fetch"] : []),
      ...opened,
    ];
    return { result, started };
  } finally {
    Object.assign(globalThis, { fetch, setTimeout, setInterval, clearTimeout, clearInterval });
  }
}

/** Starts timers as ever and remembers them until they have fired for the last time. */
function watched(start: typeof setTimeout, timers: Set<TimerHandle>, repeats: boolean): typeof setTimeout {
  // A proxy, because the function has properties of its own on Node.
  return new Proxy(start, {
    apply(target, thisArgument, [callback, ...rest]: [(...values: unknown[]) => void, ...unknown[]]) {
      const fire = (...values: unknown[]): void => {
        if (!repeats) timers.delete(handle);
        callback(...values);
      };
      const handle = Reflect.apply(target, thisArgument, [fire, ...rest]) as TimerHandle;
      timers.add(handle);
      return handle;
    },
  });
}

function forgetting(stop: typeof clearTimeout, timers: Set<TimerHandle>): typeof clearTimeout {
  return ((handle: TimerHandle | undefined) => {
    if (handle !== undefined) timers.delete(handle);
    stop(handle);
  }) as typeof clearTimeout;
}

/** Sockets, files and processes that are open, by kind, on platforms that tell. */
function resources(): readonly string[] {
  const { process } = globalThis as { process?: { getActiveResourcesInfo?: () => string[] } };
  const all = process?.getActiveResourcesInfo?.() ?? [];
  return all.filter((kind) => /^(?:TCP|TLS|UDP|FS|Pipe|Process|GetAddrInfo|QueryReq)/i.test(kind));
}

function newOf(after: readonly string[], before: readonly string[]): string[] {
  const left = [...before];
  return after.filter((kind) => {
    const index = left.indexOf(kind);
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
