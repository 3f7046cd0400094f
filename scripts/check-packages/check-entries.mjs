import { filesOf } from "../sync-packages/manifest.mjs";

/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Checks that every entry has a source file named after it, and that its conditions lead to entries.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkEntries(packages) {
  return packages.flatMap((each) => [
    ...checkBin(each),
    ...(each.manifest.exports?.["."] ? [] : [`packages/${each.folder}/package.json: exports must have ".".`]),
    ...entryNames(each.manifest).flatMap((entry) => [
      ...checkSource(each, entry),
      ...checkConditions(each, entry),
    ]),
  ]);
}

/**
 * Returns the entries of a package that hold code, as `exports` names them.
 *
 * @param {{ exports?: Record<string, unknown> }} manifest
 * @returns {string[]} `"."`, `"./lambda"` and so on
 */
export function entryNames({ exports = {} }) {
  return Object.keys(exports).filter((entry) => entry !== "./package.json");
}

/**
 * @param {Package} each
 * @param {string} entry
 * @returns {string[]}
 */
function checkSource({ folder, sources }, entry) {
  const name = entry === "." ? "index" : entry.slice("./".length);
  if (sources.some(({ file }) => file === `${name}.ts` || file === `${name}/index.ts`)) return [];
  return [
    `packages/${folder}/package.json: exports["${entry}"] needs packages/${folder}/src/${name}.ts, which is named after it.`,
  ];
}

/**
 * Checks the conditions other than import and require: they can lead to another entry, never to separate code.
 *
 * @param {Package} each
 * @param {string} entry
 * @returns {string[]}
 */
function checkConditions({ folder, manifest }, entry) {
  const others = entryNames(manifest).map((other) => JSON.stringify(filesOf(other)));
  return Object.entries(manifest.exports?.[entry] ?? {}).flatMap(([condition, files]) => {
    if (condition === "import" || condition === "require" || others.includes(JSON.stringify(files)))
      return [];
    return [
      `packages/${folder}/package.json: exports["${entry}"].${condition} must be the import and require of an entry of this package.`,
    ];
  });
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkBin({ folder, manifest }) {
  return Object.entries(manifest["bin"] ?? {})
    .filter(([, file]) => !/^\.\/dist\/[\w-]+\.js$/.test(file))
    .map(([name, file]) => `packages/${folder}/package.json: bin.${name} must be in ./dist, got ${file}.`);
}
