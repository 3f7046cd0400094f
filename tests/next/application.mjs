import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "../../scripts/pack.mjs";
import { pnpmOutput } from "../../scripts/pnpm.mjs";
import { recipeFiles, testable } from "./recipe.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Makes a Next.js application of the recipe's files and those of `application`, with the packages installed from
 * their tarballs. What else it needs has the versions of the lockfile.
 *
 * @param {string} folder where to make it
 * @returns {string} the application's folder
 */
export function makeApplication(folder) {
  const [tarballs, application] = [join(folder, "tarballs"), join(folder, "application")];
  mkdirSync(tarballs);
  cpSync(join(here, "application"), application, { recursive: true });
  for (const [file, code] of recipeFiles()) {
    write(join(application, file), file === "lib/infisical.ts" ? testable(code) : code);
  }
  install(application, packPackages(tarballs));
  return application;
}

/** Takes out what is rendered when the application is built, or not allowed together with Cache Components. */
export function prepareForCacheComponents(/** @type {string} */ application) {
  for (const part of ["static", "renewed", "edge", "forced"])
    rmSync(join(application, "app", part), { recursive: true });
}

/**
 * @param {string} application
 * @param {readonly import("../../scripts/pack.mjs").PackedPackage[]} packages
 */
function install(application, packages) {
  const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const dependencies = { ...manifest.dependencies, ...tarballs };
  write(join(application, "package.json"), JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  cpSync(join(here, "pnpm-lock.yaml"), join(application, "pnpm-lock.yaml"));
  const settings = readFileSync(join(here, "pnpm-workspace.yaml"), "utf8");
  // Packages depend on each other by version: these are not to come from a registry.
  const overrides = Object.entries(tarballs).map(([name, file]) => `  "${name}": "${file}"\n`);
  write(join(application, "pnpm-workspace.yaml"), `${settings}\noverrides:\n${overrides.join("")}`);
  // The lockfile knows nothing of the tarballs; the versions that it has are kept.
  pnpmOutput(["install", "--no-frozen-lockfile", "--ignore-scripts", "--prefer-offline"], {
    cwd: application,
  });
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
