import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { runProgram } from "../programs/run.mjs";
import { withTarballs } from "./manifest.mjs";
import { installerOf } from "./package-manager.mjs";
import { withYamlOverrides } from "./pnpm-overrides.mjs";
import { isOwnTarball, lockfiles, tarballFolder } from "./project.mjs";
import { Refusal } from "./refusal.mjs";

/** @typedef {import("./project.mjs").Project} Project */
/** @typedef {import("./stamp.mjs").Stamped} Stamped */

/** `*.tgz` is in many a .gitignore, which this one is stronger than. */
const gitignore = "# Written by `npm run pack-for` of the Infisical SDK: commit the tarballs.\n!*.tgz\n";

/**
 * Puts tarballs into a project and installs them. If that fails, the project's files are as they were.
 *
 * @param {Project} project
 * @param {import("./needed-packages.mjs").Needed & { tarballs: readonly Stamped[] }} wanted
 * @returns {readonly string[]} the files that were written
 * @throws {Refusal} The package manager failed.
 */
export function installInto(project, { direct, inner, tarballs }) {
  const file = (/** @type {string} */ name) => join(project.folder, name);
  const installer = installerOf(project);
  const versions = new Map(tarballs.map((each) => [each.name, `file:${tarballFolder}/${each.file}`]));
  const versionsOf = (/** @type {readonly string[]} */ names) =>
    Object.fromEntries(names.map((name) => [name, versions.get(name) ?? ""]));
  const { overridesField: field } = installer;
  // npm refuses an override of what the project lists itself; the others would take that from the registry without one.
  const overrides = versionsOf(project.manager === "npm" ? inner : [...direct, ...inner].sort());
  const wanted = { direct: versionsOf(direct), overrides, field };
  const texts = new Map([["package.json", withTarballs(project.manifestText, wanted)]]);
  if (field === undefined) {
    const name = "pnpm-workspace.yaml";
    texts.set(name, withYamlOverrides(readIfThere(file(name))?.toString() ?? "", overrides, isOwnTarball));
  }

  const before = new Map(
    [...texts.keys(), ...Object.keys(lockfiles)].map((name) => [name, readIfThere(file(name))]),
  );
  const former = writeTarballs(file(tarballFolder), tarballs);
  for (const [name, text] of texts) writeFileSync(file(name), text);
  const { command, args, env } = installer;
  const { status, stdout, stderr } = runProgram(command, args, { cwd: project.folder, env });
  if (status !== 0) {
    for (const [name, content] of before) restore(file(name), content);
    for (const { file: name } of tarballs)
      if (!former.includes(name)) rmSync(file(`${tarballFolder}/${name}`));
    if (former.length === 0) rmSync(file(tarballFolder), { recursive: true, force: true });
    const line = [command, ...args].join(" ");
    throw new Refusal(
      `\`${line}\` failed, and the project's files are as before:\n${stdout}${stderr}`.trimEnd(),
    );
  }
  for (const name of former) {
    if (!tarballs.some((each) => each.file === name)) rmSync(file(`${tarballFolder}/${name}`));
  }
  return [...before.keys()].filter((name) => {
    const content = readIfThere(file(name));
    return content !== undefined && before.get(name)?.equals(content) !== true;
  });
}

/**
 * @param {string} folder
 * @param {readonly Stamped[]} tarballs
 * @returns {string[]} the tarballs that were there
 */
function writeTarballs(folder, tarballs) {
  mkdirSync(folder, { recursive: true });
  const former = readdirSync(folder).filter((name) => /^infisical-.*\.tgz$/.test(name));
  writeFileSync(join(folder, ".gitignore"), gitignore);
  for (const { file, content } of tarballs) {
    // Lockfiles have a hash of the file, which another version of zlib would change.
    if (!holds(join(folder, file), content)) writeFileSync(join(folder, file), content);
  }
  return former;
}

/**
 * @param {string} file
 * @param {Buffer} content
 */
function holds(file, content) {
  try {
    return gunzipSync(readFileSync(file)).equals(gunzipSync(content));
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {Buffer | undefined} content
 */
function restore(file, content) {
  if (content === undefined) rmSync(file, { force: true });
  else writeFileSync(file, content);
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file) : undefined;
}
