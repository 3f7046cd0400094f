import { loadResults, smoke } from "./smoke.mjs";

// On Node, Bun and Deno; prints one line of JSON and must then end by itself.
const { settings, specifiers, withRequire } = JSON.parse(process.argv[2] ?? "");

const results = await runAll((specifier) => import(specifier));
if (withRequire) {
  const { createRequire } = await import("node:module");
  const require = createRequire(import.meta.url);
  for (const { name, ...rest } of await runAll((specifier) => require(specifier))) {
    results.push({ name: `CommonJS: ${name}`, ...rest });
  }
}

const { Bun, Deno } = /** @type {{ Bun?: { version: string }, Deno?: { version: { deno: string } } }} */ (
  globalThis
);
const version = Deno?.version.deno ?? Bun?.version ?? process.versions.node;
console.log(JSON.stringify({ version, results }));

/** @param {(specifier: string) => any} load */
async function runAll(load) {
  /** @type {Record<string, any>} */
  const entries = {};
  for (const specifier of specifiers) entries[specifier] = await load(specifier);
  const modules = {
    core: entries["@infisical/core"],
    authUniversal: entries["@infisical/auth-universal"],
    secrets: entries["@infisical/secrets"],
  };
  const cases = await smoke(modules, settings, entries["@infisical/core/testing"]);
  return [...loadResults(entries), ...cases];
}
