import { packageFields } from "./package-fields.mjs";

/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Checks that every package.json has the one form.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkManifests(packages) {
  return packages.flatMap((each) => [
    ...checkFields(each),
    ...checkForUsers(each),
    ...checkVersion(each, packages[0]),
    ...checkCore(each),
  ]);
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkFields({ folder, manifest }) {
  const where = `packages/${folder}/package.json`;
  const expected = {
    name: `@infisical/${folder}`,
    homepage: `https://github.com/Infisical/infisical-sdk/tree/main/packages/${folder}#readme`,
    bugs: "https://github.com/Infisical/infisical-sdk/issues",
    repository: {
      type: "git",
      url: "git+https://github.com/Infisical/infisical-sdk.git",
      directory: `packages/${folder}`,
    },
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    files: ["dist"],
    publishConfig: { access: "public", provenance: true },
    scripts: { build: "tsup" },
  };
  const wrong = Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${where}: ${field} must be ${JSON.stringify(value)}.`);
  const unknown = Object.keys(manifest)
    .filter((field) => !packageFields.includes(field))
    .map((field) => `${where}: ${field} is no field that a package here has.`);
  return [...wrong, ...unknown];
}

/**
 * What a user reads before installing.
 *
 * @param {Package} each
 * @returns {string[]}
 */
function checkForUsers({ folder, manifest, readme }) {
  const where = `packages/${folder}/package.json`;
  const { description, keywords = [] } = manifest;
  const title = `# @infisical/${folder}`;
  const violations = [];
  if (!description?.endsWith(".")) violations.push(`${where}: description must be a sentence.`);
  for (const keyword of ["infisical", "sdk"]) {
    if (!keywords.includes(keyword)) violations.push(`${where}: keywords must have "${keyword}".`);
  }
  if (keywords.length < 4) violations.push(`${where}: keywords must be at least 4, by which it is found.`);
  if (!readme?.startsWith(`${title}\n`)) {
    violations.push(
      `packages/${folder}/README.md must begin with "${title}": it is what the registry shows.`,
    );
  }
  return violations;
}

/**
 * @param {Package} each
 * @param {Package | undefined} first
 * @returns {string[]}
 */
function checkVersion({ folder, manifest }, first) {
  if (manifest.version === first?.manifest.version) return [];
  return [
    `packages/${folder}/package.json: version must be ${first?.manifest.version}, as in packages/${first?.folder}, since all are released together.`,
  ];
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkCore({ folder, manifest }) {
  if (["core", "sdk", "test-server"].includes(folder)) return [];
  const both =
    manifest.peerDependencies?.["@infisical/core"] && manifest.devDependencies?.["@infisical/core"];
  if (both && !manifest.dependencies?.["@infisical/core"]) return [];
  return [
    `packages/${folder}/package.json: @infisical/core must be a peer and a dev dependency, so that there is one copy.`,
  ];
}
