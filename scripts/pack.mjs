import { readFileSync } from "node:fs";
import { join } from "node:path";
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
 */

/**
 * Packs every published package; they must be built.
 *
 * @param {string} destination the folder for the tarballs
 * @returns {PackedPackage[]} by name
 */
export function packPackages(destination) {
  const output = pnpmOutput([
    "--recursive",
    "--filter=./packages/*",
    "pack",
    "--pack-destination",
    destination,
    "--json",
  ]);
  /** @type {{ name: string, version: string, filename: string, size: number, files: { path: string }[] }[]} */
  const packed = JSON.parse(output);
  return packed
    .map(({ name, version, filename, size, files }) => {
      const folder = name.slice(name.indexOf("/") + 1);
      return {
        name,
        version,
        folder,
        tarball: filename,
        size,
        files: files.map(({ path }) => path),
        manifest: JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
