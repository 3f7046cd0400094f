import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pnpmOutput } from "./pnpm.mjs";
import { programOutput } from "./programs/run.mjs";

/** @typedef {import("./pack.mjs").PackedPackage} PackedPackage */

/**
 * Makes a user's project and installs the tarballs there with npm.
 *
 * @param {string} project its folder
 * @param {readonly PackedPackage[]} packages
 */
export function installWithNpm(project, packages) {
  const overrides = Object.fromEntries(packages.map(({ name }) => [name, `$${name}`]));
  writeProject(project, { dependencies: tarballsOf(packages), overrides });
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  programOutput("npm", ["install", ...options], { cwd: project });
}

/**
 * The same with pnpm, which lets a package see only what it declares.
 *
 * @param {string} project its folder
 * @param {readonly PackedPackage[]} packages
 */
export function installWithPnpm(project, packages) {
  const dependencies = tarballsOf(packages);
  writeProject(project, { dependencies });
  const overrides = Object.entries(dependencies).map(([name, file]) => `  "${name}": "${file}"\n`);
  const settings = `overrides:\n${overrides.join("")}strictPeerDependencies: true\npmOnFail: ignore\n`;
  writeFileSync(join(project, "pnpm-workspace.yaml"), settings);
  pnpmOutput(["install", "--ignore-scripts", "--prefer-offline"], { cwd: project });
}

/**
 * @param {string} project
 * @param {object} manifest
 */
function writeProject(project, manifest) {
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, ...manifest }, undefined, 2));
}

/** @param {readonly PackedPackage[]} packages */
function tarballsOf(packages) {
  return Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
}
