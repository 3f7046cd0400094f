import { entryNames } from "./check-entries.mjs";
import { allowedImports, importRule } from "./import-rules.mjs";
import { packageName, specifiers } from "./imports.mjs";

/**
 * @typedef {import("./read-packages.mjs").Package} Package
 * @typedef {import("./read-packages.mjs").Source} Source
 */

/**
 * Checks who imports whom, and what only certain files may do.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkImports(packages) {
  return packages.flatMap((each) => [
    ...each.sources.flatMap((source) => [...checkSource(each, source, packages), ...checkText(each, source)]),
    ...checkSingleUse(each, "ms"),
    ...checkSingleUse(each, "ky"),
  ]);
}

/**
 * @param {Package} each
 * @param {Source} source
 * @param {readonly Package[]} packages
 * @returns {string[]}
 */
function checkSource({ folder, manifest }, { file, text }, packages) {
  const where = `packages/${folder}/src/${file}`;
  const rule = importRule(folder);
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  return specifiers(text).flatMap((specifier) => {
    const name = packageName(specifier);
    if (specifier.startsWith(".") || specifier.startsWith("#")) return [];
    if (specifier.startsWith("node:")) {
      const allowed = typeof rule.node === "boolean" ? rule.node : rule.node.test(file);
      return allowed ? [] : [`${where} imports ${specifier}: it must run where there is no Node.`];
    }
    if (name.startsWith("@infisical/")) {
      const target = name.slice("@infisical/".length);
      const allowed = allowedImports(
        folder,
        packages.map((each) => each.folder),
      );
      if (!allowed.includes(target))
        return [`${where} imports ${name}: of ours, ${folder} can import ${list(allowed)}.`];
      if (!entriesOf(target, packages).includes(specifier)) {
        return [`${where} imports ${specifier}: use a public entry of ${name}.`];
      }
    } else if (rule.takenIn.includes(name)) {
      return name in declared || !(name in (manifest.devDependencies ?? {}))
        ? [`${where} imports ${name}, which the build includes: make it a dev dependency only.`]
        : [];
    } else if (!rule.thirdParty.includes(name)) {
      return [`${where} imports ${name}: of others', ${folder} can import ${list(rule.thirdParty)}.`];
    }
    return name in declared
      ? []
      : [`${where} imports ${name}: declare it in packages/${folder}/package.json.`];
  });
}

/**
 * @param {Package} each
 * @param {Source} source
 * @returns {string[]}
 */
function checkText({ folder }, { file, text }) {
  const where = `packages/${folder}/src/${file}`;
  const name = file.split(/[\\/]/).at(-1);
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const violations = [];
  if (/\bprocess\??\.env\b/.test(code) && name !== "environment.ts") {
    violations.push(`${where} reads process.env: do it in a file named environment.ts.`);
  }
  // The umbrella exports what its packages do.
  if (/^export \*/m.test(code) && `${folder}/${file}` !== "sdk/index.ts") {
    violations.push(`${where} has \`export *\`: list what is exported by name.`);
  }
  if (folder === "sdk" && code.includes("/api/")) {
    violations.push(
      `${where} holds an endpoint's path: sdk only assembles, put it into the resource's package.`,
    );
  }
  if (
    folder === "core" &&
    /["'`]\/api\/(?!v1\/auth\/(?:token\/(?:renew|revoke)|\$\{name\}\/login)["'`])/.test(code)
  ) {
    violations.push(
      `${where} holds an endpoint's path: core knows only those of tokens and how logins are named.`,
    );
  }
  return violations;
}

/**
 * @param {Package} each
 * @param {string} name
 * @returns {string[]}
 */
function checkSingleUse({ folder, sources }, name) {
  const users = sources.filter(({ text }) => specifiers(text).includes(name)).map(({ file }) => file);
  return users.length > 1
    ? [`packages/${folder} imports ${name} in ${list(users)}: keep it in one file.`]
    : [];
}

/**
 * Gives how the entries of a package are imported.
 *
 * @param {string} folder
 * @param {readonly Package[]} packages
 */
function entriesOf(folder, packages) {
  const manifest = packages.find((each) => each.folder === folder)?.manifest ?? {};
  return entryNames(manifest).map((entry) => `@infisical/${folder}${entry.slice(1)}`);
}

/** @param {readonly string[]} names */
function list(names) {
  return names.length === 0 ? "nothing" : names.join(", ");
}
