/** @typedef {import("./read-packages.mjs").Package} Package */

/**
 * Checks that every package.json has the one form.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkManifests(packages) {
  return packages.flatMap((each) => [...checkFields(each), ...checkVersions(each), ...checkCore(each)]);
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkFields({ folder, manifest }) {
  const expected = {
    name: `@infisical/${folder}`,
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    files: ["dist"],
    publishConfig: { access: "public", provenance: true },
  };
  const violations = Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `packages/${folder}/package.json: ${field} must be ${JSON.stringify(value)}.`);
  if (manifest.repository?.directory !== `packages/${folder}`) {
    violations.push(`packages/${folder}/package.json: repository.directory must be packages/${folder}.`);
  }
  if (!manifest.description) violations.push(`packages/${folder}/package.json: description is missing.`);
  for (const condition of ["import", "require"]) {
    const entry = manifest.exports?.["."]?.[condition];
    if (!entry?.types || !entry?.default) {
      violations.push(`packages/${folder}/package.json: exports["."].${condition} needs types and default.`);
    }
  }
  return violations;
}

/**
 * @param {Package} each
 * @returns {string[]}
 */
function checkVersions({ folder, manifest }) {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).flatMap(
    ([name, version]) => {
      const prefix = name.startsWith("@infisical/") ? "workspace:" : "catalog:";
      if (String(version).startsWith(prefix)) return [];
      return [
        `packages/${folder}/package.json: ${name} must be "${prefix}…", since versions stand in pnpm-workspace.yaml.`,
      ];
    },
  );
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
