import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packPackages } from "./pack.mjs";
import { root } from "./pnpm.mjs";

/**
 * Packs packages, and those of ours that they need, into a folder outside the repository; they must be built.
 *
 * @param {string} folder the project that will install them
 * @param {readonly string[]} packages their folders in packages/, e.g. `core`
 * @returns {Record<string, string>} by name, how the project's package.json refers to each tarball: `file:vendor/...`
 */
export function packInto(folder, packages) {
  const destination = join(folder, "vendor");
  mkdirSync(destination, { recursive: true });
  const packed = packPackages(destination, {
    only: withNeeded(packages).map((name) => `@infisical/${name}`),
  });
  return Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:vendor/${basename(tarball)}`]));
}

/**
 * Returns packages with those of ours that they cannot run without.
 *
 * @param {readonly string[]} packages
 * @returns {string[]}
 */
export function withNeeded(packages) {
  const all = new Set(packages);
  for (const folder of all) {
    const text = readFileSync(join(root, "packages", folder, "package.json"), "utf8");
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = JSON.parse(text);
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const isOurs = name.startsWith("@infisical/") && !peerDependenciesMeta[name]?.optional;
      if (isOurs) all.add(name.slice("@infisical/".length));
    }
  }
  return [...all].sort();
}
