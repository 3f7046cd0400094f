/** What a piece of work has started besides its result. */
export interface SideEffects<Result> {
  readonly result: Result;
  /** What was started and is still running, each in a few words. */
  readonly started: readonly string[];
}

type TimerHandle = ReturnType<typeof setTimeout>;

/** Runs a piece of work and reports what it left running: timers, and requests that bypassed its `http`. */
export async function sideEffectsOf<Result>(work: () => Result): Promise<SideEffects<Awaited<Result>>> {
  const { fetch, setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const timers = new Set<TimerHandle>();
  let requests = 0;
  const { run, isWork } = tellApart();
  globalThis.setTimeout = watched(setTimeout, timers, isWork, false);
  globalThis.setInterval = watched(
    setInterval as unknown as typeof setTimeout,
    timers,
    isWork,
    true,
  ) as never;
  globalThis.clearTimeout = forgetting(clearTimeout, timers);
  globalThis.clearInterval = forgetting(clearInterval, timers);
  globalThis.fetch = (...request) => {
    if (isWork()) requests += 1;
    return fetch(...request);
  };
  try {
    const before = resources();
    const pending = run(work);
    const opened = isPromise(pending) ? [] : newOf(resources(), before);
    const result = await pending;
    // What the work has postponed shows a turn later.
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

/** What runs a piece of work, and then knows whether code was started by it. */
interface WorkContext {
  run<Result>(work: () => Result): Result;
  isWork(): boolean;
}

/** Tells work from what else goes on in the process. Where the platform cannot, all that happens counts as the work. */
function tellApart(): WorkContext {
  type Storage = new () => {
    run<Result>(store: true, work: () => Result): Result;
    getStore(): true | undefined;
  };
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { readonly AsyncLocalStorage: Storage } | undefined };
  };
  const hooks = process?.getBuiltinModule?.("node:async_hooks");
  if (!hooks) return { run: (work) => work(), isWork: () => true };
  const storage = new hooks.AsyncLocalStorage();
  return { run: (work) => storage.run(true, work), isWork: () => storage.getStore() === true };
}

/** Starts timers as usual and remembers those of the work until they have fired for the last time. */
function watched(
  start: typeof setTimeout,
  timers: Set<TimerHandle>,
  isWork: () => boolean,
  repeats: boolean,
): typeof setTimeout {
  // A proxy, because the function has its own properties on Node.
  return new Proxy(start, {
    apply(target, thisArgument, [callback, ...rest]: [(...values: unknown[]) => void, ...unknown[]]) {
      const fire = (...values: unknown[]): void => {
        if (!repeats) timers.delete(handle);
        callback(...values);
      };
      const handle = Reflect.apply(target, thisArgument, [fire, ...rest]) as TimerHandle;
      if (isWork()) timers.add(handle);
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

/** Open sockets, files and processes, by kind, on platforms that list them. */
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
