import type { X509Certificate } from "node:crypto";

/** Node's own reader of certificates; its name is not written as an import, since pages have none. */
export async function loadX509(): Promise<typeof X509Certificate> {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => typeof import("node:crypto") };
  };
  const found = process?.getBuiltinModule?.("crypto");
  // Node before 20.16.
  const module = found ?? (await import(/* @vite-ignore */ ["node", "crypto"].join(":")));
  return module.X509Certificate;
}
