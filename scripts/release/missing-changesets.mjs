import { packagesOf } from "./changesets.mjs";

/**
 * Finds what a change leaves out of the changelog.
 *
 * @param {readonly string[]} changedFiles
 * @param {readonly import("./changesets.mjs").Changeset[]} changesets those that the change brings
 * @returns {string[]} a sentence for each package
 */
export function missingChangesets(changedFiles, changesets) {
  const named = changesets.map(({ text }) => packagesOf(text));
  if (named.some((names) => names.length === 0)) return [];
  return changedPackages(changedFiles)
    .filter((name) => !named.flat().includes(name))
    .map(
      (name) =>
        `${name} has changed, and no changeset says how: run \`npm run changeset\`, or \`npm run changeset -- --empty\` if users need not know.`,
    );
}

/**
 * @param {readonly string[]} files
 * @returns {string[]} the packages whose users get something else
 */
function changedPackages(files) {
  const folders = files
    .filter((file) => !/^packages\/[^/]+\/(?:test\/|CHANGELOG\.md$)/.test(file))
    .map((file) => /^packages\/([^/]+)\//.exec(file)?.[1]);
  return [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => `@infisical/${folder}`);
}
