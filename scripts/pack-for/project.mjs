import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isWithin } from "../is-within.mjs";
import { Refusal } from "./refusal.mjs";

/** @typedef {"npm" | "pnpm" | "yarn"} Manager */

/**
 * A project to install into.
 *
 * @typedef {object} Project
 * @property {string} folder
 * @property {string} manifestText its package.json as it is
 * @property {Record<string, any>} manifest
 * @property {Manager} manager
 * @property {string | undefined} managerVersion what `packageManager` names
 */

/** The folder of a project that holds the tarballs. */
export const tarballFolder = ".infisical";

/** @type {Readonly<Record<string, string>>} */
export const lockfiles = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/**
 * Reads a project, and refuses what is not a project of its own.
 *
 * @param {string} path
 * @param {string} root the folder of this repository
 * @returns {Project}
 * @throws {Refusal}
 */
export function readProject(path, root) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Refusal(`${path} does not exist; make the project first.`);
  if (!stats.isDirectory()) throw new Refusal(`${path} must be a folder with a package.json, and is a file.`);
  const folder = realpathSync(path);
  if (isWithin(folder, root)) {
    throw new Refusal(`${path} is in this repository; name the folder of your own project.`);
  }
  const manifestText = readIfThere(join(folder, "package.json"));
  if (manifestText === undefined) throw new Refusal(`${path} has no package.json; run npm init there first.`);
  const manifest = parseManifest(manifestText, path);
  refuseWorkspace(folder, manifest);
  return { folder, manifestText, manifest, ...managerOf(folder, manifest) };
}

/**
 * Gives what an earlier run has installed, so that all packages stay of one version.
 *
 * @param {Project} project
 * @param {readonly string[]} names the packages that exist
 * @returns {string[]}
 */
export function formerPackages({ manifest }, names) {
  const all = { ...manifest["devDependencies"], ...manifest["dependencies"] };
  return names.filter((name) => isOwnTarball(all[name]));
}

/**
 * Tells whether a version is a tarball that an earlier run has put there.
 *
 * @param {unknown} version
 */
export function isOwnTarball(version) {
  return typeof version === "string" && version.startsWith(`file:${tarballFolder}/`);
}

/**
 * @param {string} text
 * @param {string} path
 * @returns {Record<string, any>}
 */
function parseManifest(text, path) {
  try {
    const manifest = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) return manifest;
  } catch {
    // Said below.
  }
  throw new Refusal(`${join(path, "package.json")} must be an object in JSON.`);
}

/**
 * @param {string} folder
 * @param {Record<string, any>} manifest
 */
function refuseWorkspace(folder, manifest) {
  if (isWorkspace(folder, manifest)) {
    throw new Refusal(
      `${folder} is a workspace, whose packages share one lockfile; name a project that stands alone.`,
    );
  }
  for (let above = dirname(folder); ; above = dirname(above)) {
    const text = readIfThere(join(above, "package.json"));
    if (isWorkspace(above, text === undefined ? {} : quietly(text))) {
      throw new Refusal(`${folder} is in the workspace ${above}; name a project that stands alone.`);
    }
    if (above === dirname(above)) return;
  }
}

/**
 * @param {string} folder
 * @param {Record<string, any>} manifest
 */
function isWorkspace(folder, manifest) {
  const settings = readIfThere(join(folder, "pnpm-workspace.yaml"));
  // Without `packages`, the file has only settings, and belongs to a project that stands alone.
  return manifest["workspaces"] !== undefined || /^["']?packages["']?\s*:/m.test(settings ?? "");
}

/**
 * @param {string} folder
 * @param {Record<string, any>} manifest
 * @returns {{ manager: Manager, managerVersion: string | undefined }}
 */
function managerOf(folder, manifest) {
  const [, named, managerVersion] =
    /^([a-z]+)@([^+\s]+)/.exec(String(manifest["packageManager"] ?? "")) ?? [];
  const locked = [...new Set(readdirSync(folder).flatMap((file) => lockfiles[file] ?? []))];
  if (named === undefined && locked.length > 1) {
    const rule = 'have one, or say which in "packageManager" of its package.json';
    throw new Refusal(`${folder} has lockfiles of ${locked.join(" and ")}; it must ${rule}.`);
  }
  const manager = named ?? locked[0] ?? "npm";
  if (manager !== "npm" && manager !== "pnpm" && manager !== "yarn") {
    throw new Refusal(`${folder} is installed with ${manager}; pack-for knows npm, pnpm and yarn.`);
  }
  return { manager, managerVersion };
}

/** @param {string} text */
function quietly(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
