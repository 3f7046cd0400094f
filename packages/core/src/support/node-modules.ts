/**
 * Loads a module of Node, on Node and other platforms that have it.
 *
 * Its name is not written as an import: bundlers for other platforms would fail on it.
 *
 * @param name - The module's name, without `node:`.
 * @returns The module; `undefined` where there is none.
 *
 * @example
 * import { loadNodeModule } from "@infisical/core/logins";
 * const os = await loadNodeModule<{ hostname(): string }>("os");
 * console.log(os?.hostname() ?? "no host name here");
 */
export async function loadNodeModule<Module>(name: string): Promise<Module | undefined> {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  try {
    const found = process?.getBuiltinModule?.(name);
    if (found) return found as Module;
    // Node before 20.16.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node", name].join(":"));
  } catch {
    return undefined;
  }
}
