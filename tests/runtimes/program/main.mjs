import { smoke } from "./smoke.mjs";

// On Node, Bun and Deno; prints one line of JSON and must then end by itself.
const { settings, specifiers, withRequire } = JSON.parse(process.argv[2] ?? "");

/** @type {Record<string, import("./smoke.mjs").Entries>} */
const copies = { ESM: await loadAll((specifier) => import(specifier)) };
if (withRequire) {
  const { createRequire } = await import("node:module");
  const require = createRequire(import.meta.url);
  copies["CommonJS"] = await loadAll((specifier) => require(specifier));
}
const results = await smoke(copies, settings);

const { Bun, Deno } = /** @type {{ Bun?: { version: string }, Deno?: { version: { deno: string } } }} */ (
  globalThis
);
const version = Deno?.version.deno ?? Bun?.version ?? process.versions.node;
console.log(JSON.stringify({ version, results }));

/** @param {(specifier: string) => unknown} load */
async function loadAll(load) {
  /** @type {Record<string, unknown>} */
  const entries = {};
  for (const specifier of specifiers) entries[specifier] = await load(specifier);
  return entries;
}
