import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pnpm.mjs";
import { isInPath } from "../programs/program.mjs";
import { programOutput } from "../programs/run.mjs";

/** @typedef {import("./project.mjs").Project} Project */

/**
 * How to install in a project.
 *
 * @typedef {object} Installer
 * @property {string} command
 * @property {readonly string[]} args
 * @property {readonly string[] | undefined} overridesField the field of package.json for overrides; `undefined` for
 *   pnpm-workspace.yaml
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * Finds how to install in a project: with the package manager in `PATH`, or else with the one that npx fetches.
 *
 * @param {Project} project
 * @returns {Installer}
 */
export function installerOf(project) {
  const env = ownEnvironment();
  if (project.manager === "npm") {
    const args = ["install", "--no-audit", "--no-fund"];
    return { command: "npm", args, overridesField: ["overrides"], env };
  }
  const [command = "", ...before] = project.manager === "pnpm" ? pnpmOf(project) : yarnOf(project);
  const version = programOutput(command, [...before, "--version"], { cwd: project.folder, env }).trim();
  if (project.manager === "yarn") {
    const args = /^[01]\./.test(version) ? ["install", "--non-interactive"] : ["install", "--no-immutable"];
    return { command, args: [...before, ...args], overridesField: ["resolutions"], env };
  }
  const overridesField = isInManifest(version, project) ? ["pnpm", "overrides"] : undefined;
  return { command, args: [...before, "install", "--no-frozen-lockfile"], overridesField, env };
}

/** The environment without what npm tells the script that it runs, which would be settings for another project. */
function ownEnvironment() {
  const ours =
    /^npm_(?:lifecycle_|package_|command$|execpath$|node_execpath$|config_(?:local_prefix|userconfig_origin)$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** @param {Project} project */
function pnpmOf({ managerVersion }) {
  if (isInPath("pnpm")) return ["pnpm"];
  const pinned = JSON.parse(readFileSync(join(root, "scripts/pnpm/hashes.json"), "utf8"));
  return ["npx", "--yes", `pnpm@${managerVersion ?? pinned.version}`];
}

/** @param {Project} project */
function yarnOf({ folder, managerVersion }) {
  if (isInPath("yarn")) return ["yarn"];
  const lockfile = join(folder, "yarn.lock");
  const isModern = existsSync(lockfile) && readFileSync(lockfile, "utf8").includes("\n__metadata:");
  const version = managerVersion ?? (isModern || existsSync(join(folder, ".yarnrc.yml")) ? "4" : "1");
  return ["npx", "--yes", /^[01]\b/.test(version) ? `yarn@${version}` : `@yarnpkg/cli-dist@${version}`];
}

/**
 * Whether pnpm reads overrides from package.json: until 9 only there, in 10 in either place, later no longer.
 *
 * @param {string} version
 * @param {Project} project
 */
function isInManifest(version, { manifest }) {
  const major = Number.parseInt(version, 10);
  return major < 10 || (major === 10 && manifest["pnpm"]?.overrides !== undefined);
}
