import * as authUniversal from "@infisical/auth-universal";
import * as core from "@infisical/core";
import * as secrets from "@infisical/secrets";
import { smoke } from "./smoke.mjs";

// On Node, Bun and Deno; prints one line of JSON and must then end by itself.
const { settings, specifiers, withRequire } = JSON.parse(process.argv[2] ?? "");
const results = await smoke({ core, authUniversal, secrets }, settings);

/** @type {string[]} */
const broken = [];
for (const specifier of specifiers) {
  const names = Object.keys(await import(specifier));
  if (names.length === 0) broken.push(specifier);
}

if (withRequire) {
  const { createRequire } = await import("node:module");
  const require = createRequire(import.meta.url);
  for (const specifier of specifiers) {
    if (Object.keys(require(specifier)).length === 0) broken.push(specifier);
  }
  const modules = {
    core: require("@infisical/core"),
    authUniversal: require("@infisical/auth-universal"),
    secrets: require("@infisical/secrets"),
  };
  for (const { name, error } of await smoke(modules, settings)) {
    results.push({ name: `CommonJS: ${name}`, ...(error && { error }) });
  }
}
results.push({
  name: "every entry loads",
  ...(broken.length > 0 && { error: `nothing in ${broken.join(", ")}` }),
});

const { Bun, Deno } = /** @type {{ Bun?: { version: string }, Deno?: { version: { deno: string } } }} */ (
  globalThis
);
console.log(
  JSON.stringify({ version: Deno?.version.deno ?? Bun?.version ?? process.versions.node, results }),
);
