import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { packPackages } from "./pack.mjs";
import { neededPackages, readPublished } from "./pack-for/needed-packages.mjs";
import { root } from "./pnpm.mjs";

/**
 * Packs packages, and those of ours that they need, into a folder outside the repository; they must be built.
 *
 * @param {string} folder the project that will install them
 * @param {readonly string[]} packages their names, such as `@infisical/core`
 * @returns {Record<string, string>} by name, how the project's package.json refers to each tarball: `file:vendor/...`
 */
export function packInto(folder, packages) {
  const destination = join(folder, "vendor");
  mkdirSync(destination, { recursive: true });
  const { direct, inner } = neededPackages(packages, readPublished(root));
  const packed = packPackages(destination, { only: [...direct, ...inner] });
  return Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:vendor/${basename(tarball)}`]));
}
