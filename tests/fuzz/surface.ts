import type { InfisicalSDK } from "@infisical/sdk";

/** A public method of a client. */
export interface Method {
  /** How a user writes it, such as `secrets().getSecret`. */
  readonly name: string;
  /** Calls it on a client. */
  call(client: InfisicalSDK, args: readonly unknown[]): unknown;
}

type Callable = (...args: readonly unknown[]) => unknown;

/**
 * Finds every method of a client at run time, so that a new one is fuzzed without being listed.
 *
 * An accessor is a function without parameters that returns an object; what it returns is searched in its turn.
 * The client is of no use afterwards: its methods were called.
 */
export async function methodsOf(client: InfisicalSDK): Promise<readonly Method[]> {
  const methods: Method[] = [];
  const search = async (path: string, get: (of: InfisicalSDK) => object): Promise<void> => {
    for (const [key, value] of Object.entries(get(client))) {
      const name = path === "" ? key : `${path}.${key}`;
      const own = (of: InfisicalSDK): unknown => (get(of) as Record<string, unknown>)[key];
      if (typeof value === "object" && value !== null)
        await search(name, own as (of: InfisicalSDK) => object);
      if (typeof value !== "function") continue;
      const result = value.length === 0 ? value() : undefined;
      if (result instanceof Promise) await result.catch(() => undefined);
      else if (typeof result === "object" && result !== null) {
        await search(`${name}()`, (of) => (own(of) as () => object)());
        continue;
      }
      methods.push({ name, call: (of, args) => (own(of) as Callable)(...args) });
    }
  };
  await search("", (of) => of);
  return methods;
}
