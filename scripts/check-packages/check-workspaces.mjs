/** @typedef {import("./read-workspaces.mjs").Workspace} Workspace */

/**
 * Checks what holds for every package.json of the repository: where versions stand, and what may be published.
 *
 * @param {readonly Workspace[]} workspaces
 * @returns {string[]} a sentence for each violation
 */
export function checkWorkspaces(workspaces) {
  return workspaces.flatMap((each) => [...checkPrivacy(each), ...checkVersions(each)]);
}

/**
 * @param {Workspace} each
 * @returns {string[]}
 */
function checkPrivacy({ file, manifest }) {
  const published = /^packages\/[^/]+\/package\.json$/.test(file);
  if (published === !manifest.private) return [];
  return published
    ? [`${file}: private must not be, since everything in packages/ is published.`]
    : [`${file}: private must be true, since only packages/ is published.`];
}

/**
 * @param {Workspace} each
 * @returns {string[]}
 */
function checkVersions({ file, manifest }) {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const versions = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
  return Object.entries(versions).flatMap(([name, version]) => {
    const prefix = name.startsWith("@infisical/") ? "workspace:" : "catalog:";
    if (version.startsWith(prefix)) return [];
    return [`${file}: ${name} must be "${prefix}…", since versions stand in pnpm-workspace.yaml.`];
  });
}
