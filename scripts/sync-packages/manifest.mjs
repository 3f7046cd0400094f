import { importRule } from "../check-packages/import-rules.mjs";
import { packageFields } from "../check-packages/package-fields.mjs";

/** @typedef {import("../check-packages/read-packages.mjs").Manifest} Manifest */

const repository = "https://github.com/Infisical/infisical-sdk";

/** Packages that do not have core as a peer: core itself, what depends on it outright, and the server. */
const withoutPeer = ["core", "sdk", "test-server"];

/**
 * Completes a package.json. A person writes `version`, `description`, `keywords`, the keys of `exports`, and
 * dependencies; everything else follows from the folder's name.
 *
 * @param {string} folder
 * @param {Manifest} written
 * @param {{ ownBuild: boolean }} options whether the package has a tsup.config.ts
 * @returns {Manifest}
 */
export function completeManifest(folder, written, { ownBuild }) {
  const entries = Object.keys(written.exports ?? {}).filter((entry) => entry !== "./package.json");
  const complete = {
    ...written,
    name: `@infisical/${folder}`,
    homepage: `${repository}/tree/main/packages/${folder}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: "git", url: `git+${repository}.git`, directory: `packages/${folder}` },
    license: "MIT",
    type: "module",
    sideEffects: sideEffectsOf(folder),
    exports: {
      ...Object.fromEntries(
        entries.map((entry) => [entry, exportOf(entry, written.exports?.[entry])]),
      ),
      "./package.json": "./package.json",
    },
    // For tools that do not read `exports`.
    main: "./dist/index.cjs",
    module: "./dist/index.js",
    types: "./dist/index.d.ts",
    typesVersions: typesVersionsOf(entries),
    files: ["dist"],
    engines: { node: ">=20" },
    publishConfig: { access: "public", provenance: true },
    scripts: { build: ownBuild ? "tsup" : "tsup --config ../../tsup.config.ts" },
    ...(withoutPeer.includes(folder) ? {} : coreAsPeer(written)),
  };
  const fields = packageFields.filter((field) => complete[/** @type {"name"} */ (field)] !== undefined);
  const unknown = Object.keys(written).filter((field) => !packageFields.includes(field));
  return Object.fromEntries(
    [...fields, ...unknown].map((field) => [field, complete[/** @type {"name"} */ (field)]]),
  );
}

/**
 * The files of an entry. Further conditions, which lead to another entry of the package, come first.
 *
 * @param {string} entry
 * @param {Record<string, unknown>} [written]
 */
function exportOf(entry, written = {}) {
  const { import: _import, require: _require, ...conditions } = written;
  return { ...conditions, ...filesOf(entry) };
}

/**
 * What bundlers must not drop: entries that do something when they are loaded.
 *
 * @param {string} folder
 */
function sideEffectsOf(folder) {
  const files = importRule(folder).preloads.map(entryName);
  return files.length > 0 ? files.flatMap((name) => [`./dist/${name}.js`, `./dist/${name}.cjs`]) : false;
}

/** @param {string} entry `"."`, `"./lambda"` and so on */
export function filesOf(entry) {
  const name = entryName(entry);
  return {
    import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
    require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  };
}

/** @param {string} entry */
export function entryName(entry) {
  return entry === "." ? "index" : entry.slice("./".length);
}

/**
 * Where TypeScript's moduleResolution "node" finds the entries.
 *
 * @param {readonly string[]} entries
 */
function typesVersionsOf(entries) {
  const names = entries.filter((entry) => entry !== ".").map(entryName);
  if (names.length === 0) return undefined;
  return { "*": Object.fromEntries(names.map((name) => [name, [`./dist/${name}.d.ts`]])) };
}

/**
 * One copy of core in a program, whatever is installed.
 *
 * @param {Manifest} written
 */
function coreAsPeer({ peerDependencies, devDependencies }) {
  const name = "@infisical/core";
  return {
    peerDependencies: sorted({ ...peerDependencies, [name]: "workspace:^" }),
    devDependencies: sorted({
      ...devDependencies,
      [name]: "workspace:*",
      "@infisical/test-server": "workspace:*",
    }),
  };
}

/** @param {Record<string, string>} versions */
export function sorted(versions) {
  return Object.fromEntries(Object.entries(versions).sort(([one], [other]) => (one < other ? -1 : 1)));
}
