import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filledTemplates } from "../new-package/fill.mjs";
import { root } from "../pnpm.mjs";
import { formsFor } from "./forms.mjs";

const templatesHere = fileURLToPath(new URL("templates", import.meta.url));
const templatesOfPackages = fileURLToPath(new URL("../new-package/templates", import.meta.url));

/** What a package is developed with. This repository has them too. */
const tools = ["@types/node", "tsup", "typescript", "vitest"];

/**
 * Returns the files of a package of one's own, by their paths in its folder.
 *
 * @param {string} folder its whole path
 * @param {string} kind `resource`, `auth` or `transport`
 * @param {Readonly<Record<string, string>>} tarballs by name, how package.json refers to each package of ours
 * @returns {Map<string, string>}
 */
export function newPluginFiles(folder, kind, tarballs) {
  const name = basename(folder);
  const forms = formsFor(name, kind);
  const values = { ...forms, package: name };
  return new Map([
    ...filledTemplates(join(templatesHere, "all"), values),
    ...(kind === "auth" ? authFiles(values) : []),
    ...filledTemplates(join(templatesHere, kind), values),
    [
      "package.json",
      `${JSON.stringify(manifestOf(name, descriptionOf(kind, forms.Title), tarballs), undefined, 2)}\n`,
    ],
  ]);
}

/**
 * The files that an auth method has in this repository too.
 *
 * @param {Readonly<Record<string, string>>} values
 */
function authFiles(values) {
  const shared = { ...values, folder: "", version: "" };
  return [...filledTemplates(join(templatesOfPackages, "auth"), shared)].filter(([file]) =>
    /^(?:src|test)\//.test(file),
  );
}

/**
 * @param {string} kind
 * @param {string} title
 */
function descriptionOf(kind, title) {
  if (kind === "auth") return `Logs in to Infisical with ${title} Auth.`;
  if (kind === "transport") return `Sends the requests of the Infisical SDK: ${title}.`;
  return `A resource of Infisical: ${title}.`;
}

/**
 * @param {string} name
 * @param {string} description
 * @param {Readonly<Record<string, string>>} tarballs
 */
function manifestOf(name, description, tarballs) {
  const types = (/** @type {string} */ extension) => `./dist/index.d.${extension}`;
  return {
    name,
    version: "0.1.0",
    description,
    keywords: ["infisical", "secrets"],
    license: "MIT",
    type: "module",
    sideEffects: false,
    exports: {
      ".": {
        import: { types: types("ts"), default: "./dist/index.js" },
        require: { types: types("cts"), default: "./dist/index.cjs" },
      },
      "./package.json": "./package.json",
    },
    main: "./dist/index.cjs",
    module: "./dist/index.js",
    types: types("ts"),
    files: ["dist"],
    engines: { node: ">=20" },
    scripts: {
      build: "tsup src/index.ts --format esm,cjs --target es2022 --dts --clean",
      test: "tsc && vitest run",
    },
    peerDependencies: { "@infisical/core": `^${versionIn("packages/core")}` },
    devDependencies: {
      ...tarballs,
      ...Object.fromEntries(tools.map((tool) => [tool, `^${versionIn(`node_modules/${tool}`)}`])),
    },
  };
}

/** @param {string} folder */
function versionIn(folder) {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")).version;
}
