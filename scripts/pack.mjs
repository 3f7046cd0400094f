import { readFileSync } from "node:fs";
import { join } from "node:path";
import { entryNames } from "./check-packages/check-entries.mjs";
import { importRule } from "./check-packages/import-rules.mjs";
import { pnpmOutput, root } from "./pnpm.mjs";

/**
 * A package as it would be published.
 *
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} folder its folder's name in packages/
 * @property {string} tarball the path of its tarball
 * @property {number} size of the tarball, in bytes
 * @property {string[]} files what the tarball holds
 * @property {Record<string, any>} manifest package.json as it stands in the repository
 * @property {string[]} specifiers how users import its entries, e.g. `@infisical/auth-aws/lambda`; without preloads
 * @property {string[]} portable those of its specifiers that promise to run everywhere, not only on Node
 */

/**
 * Packs published packages; they must be built.
 *
 * @param {string} destination the folder for the tarballs
 * @param {{ only?: readonly string[] }} [options] only: the names of those to pack, all by default
 * @returns {PackedPackage[]} by name
 */
export function packPackages(destination, { only } = {}) {
  const filters = only?.map((name) => `--filter=${name}`) ?? ["--filter=./packages/*"];
  const output = pnpmOutput(["--recursive", ...filters, "pack", "--pack-destination", destination, "--json"]);
  /** @type {{ name: string, version: string, filename: string, size: number, files: { path: string }[] }[]} */
  const packed = [JSON.parse(output)].flat();
  return packed
    .map(({ name, version, filename, size, files }) => {
      const folder = name.slice(name.indexOf("/") + 1);
      const { node, nodeEntries, preloads } = importRule(folder);
      const manifest = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
      const entries = entryNames(manifest).filter((entry) => !preloads.includes(entry));
      const specifiersIn = (/** @type {readonly string[]} */ some) =>
        some.map((entry) => name + entry.slice(1));
      return {
        name,
        version,
        folder,
        tarball: filename,
        size,
        files: files.map(({ path }) => path),
        manifest,
        specifiers: specifiersIn(entries),
        portable: node === true ? [] : specifiersIn(entries.filter((entry) => !nodeEntries.includes(entry))),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Gives how users import all there is, and what of it promises to run everywhere.
 *
 * @param {readonly PackedPackage[]} packages
 */
export function specifiersOf(packages) {
  return {
    all: packages.flatMap(({ specifiers }) => specifiers),
    portable: packages.flatMap(({ portable }) => portable),
  };
}
