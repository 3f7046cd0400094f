import { readManifests } from "../check-packages/read-packages.mjs";

/** @typedef {import("../check-packages/read-packages.mjs").Manifest} Manifest */

/**
 * Which packages a project gets.
 *
 * @typedef {object} Needed
 * @property {readonly string[]} direct those that its package.json lists: what was asked for, and required peers of it
 * @property {readonly string[]} inner those that only our packages depend on
 */

/**
 * Reads which packages there are.
 *
 * @param {string} root the repository's folder
 * @returns {ReadonlyMap<string, Manifest>} the package.json of each, by name
 */
export function readPublished(root) {
  return new Map(readManifests(root).map(({ manifest }) => [manifest.name ?? "", manifest]));
}

/**
 * Finds what has to be packed, since none of it is on a registry.
 *
 * @param {readonly string[]} asked
 * @param {ReadonlyMap<string, Manifest>} published
 * @returns {Needed}
 */
export function neededPackages(asked, published) {
  const direct = withAll(asked, (name) => requiredPeers(published.get(name)), published);
  const all = withAll(
    direct,
    (name) => {
      const manifest = published.get(name);
      return [...Object.keys(manifest?.dependencies ?? {}), ...requiredPeers(manifest)];
    },
    published,
  );
  return { direct, inner: all.filter((name) => !direct.includes(name)) };
}

/**
 * @param {readonly string[]} start
 * @param {(name: string) => readonly string[]} next
 * @param {ReadonlyMap<string, Manifest>} published
 * @returns {string[]}
 */
function withAll(start, next, published) {
  const found = new Set(start);
  // A set that grows while it is read gives what was added, too.
  for (const name of found) {
    for (const each of next(name)) if (published.has(each)) found.add(each);
  }
  return [...found].sort();
}

/** @param {Manifest | undefined} manifest */
function requiredPeers(manifest) {
  const optional = manifest?.["peerDependenciesMeta"] ?? {};
  return Object.keys(manifest?.peerDependencies ?? {}).filter((name) => optional[name]?.optional !== true);
}
