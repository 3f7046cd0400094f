import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/**
 * What the figures depend on.
 *
 * @returns {Record<string, string>}
 */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()} ${arch()}`,
    load: `${(loadavg()[0] ?? 0).toFixed(1)} before the run`,
    node: process.version,
    "this SDK": version("@infisical/core"),
    "official SDK": version("infisical-official"),
  };
}

/** @param {string} name */
function version(name) {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
