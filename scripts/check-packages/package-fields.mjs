/**
 * Every field that the package.json of a published package may have.
 *
 * @type {readonly string[]}
 */
export const packageFields = [
  "name",
  "version",
  "description",
  "keywords",
  "homepage",
  "bugs",
  "repository",
  "license",
  "type",
  "sideEffects",
  "exports",
  "imports",
  "main",
  "module",
  "types",
  "typesVersions",
  "bin",
  "files",
  "engines",
  "publishConfig",
  "scripts",
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
];
