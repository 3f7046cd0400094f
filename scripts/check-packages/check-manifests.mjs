import { packageFields } from "./package-fields.mjs";

/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Checks what a person writes in a package.json; `scripts/sync-packages.mjs` writes the rest.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkManifests(packages) {
  return packages.flatMap((each) => [
    ...checkFields(each),
    ...checkForUsers(each),
    ...checkVersion(each, packages[0]),
  ]);
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkFields({ folder, manifest }) {
  return Object.keys(manifest)
    .filter((field) => !packageFields.includes(field))
    .map((field) => `packages/${folder}/package.json: unknown field "${field}".`);
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
  if (keywords.length < 4) violations.push(`${where}: needs at least 4 keywords.`);
  if (!readme?.startsWith(`${title}\n`)) {
    violations.push(`packages/${folder}/README.md must begin with "${title}": the registry shows it.`);
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
