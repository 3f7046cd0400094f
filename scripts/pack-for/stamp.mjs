import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { runProgram } from "../programs/run.mjs";
import { withManifest } from "./tar.mjs";

/**
 * A tarball with a version of its own.
 *
 * @typedef {object} Stamped
 * @property {string} name of the package
 * @property {string} version such as `6.0.0-next.0.g1a2b3c4`
 * @property {string} file the name of the tarball's file
 * @property {Buffer} content
 */

/**
 * Gives packages a version that says which commit they are, and that no registry has.
 *
 * Where files have changed since that commit, the version says what the packages hold: another content has another version,
 * and so another file, which every lockfile takes for a change.
 *
 * @param {readonly import("../pack.mjs").PackedPackage[]} packages
 * @param {string} root the repository's folder
 * @returns {Stamped[]}
 */
export function stamped(packages, root) {
  const tars = packages.map(({ tarball }) => gunzipSync(readFileSync(tarball)));
  const hash = createHash("sha256");
  for (const tar of tars) hash.update(tar);
  const suffix = suffixOf(commitOf(root), hash.digest("hex"));
  const versions = new Map(packages.map(({ name, version }) => [name, versionOf(version, suffix)]));
  return packages.map(({ name }, index) => {
    const version = versions.get(name) ?? "";
    const change = (/** @type {Record<string, any>} */ manifest) => withVersions(manifest, versions);
    const content = gzipSync(withManifest(/** @type {Buffer} */ (tars[index]), change));
    return { name, version, file: `${name.slice(1).replace("/", "-")}-${version}.tgz`, content };
  });
}

/**
 * @param {{ commit: string | undefined, isClean: boolean }} state
 * @param {string} content a hash of what is packed
 * @returns {string} the end of the version
 */
export function suffixOf({ commit, isClean }, content) {
  const changes = `c${content.slice(0, 8)}`;
  if (commit === undefined) return changes;
  return isClean ? `g${commit}` : `g${commit}.${changes}`;
}

/**
 * Appends to a version so that it stays a pre-release: `6.1.0` becomes `6.1.1-next.…`, which is after it.
 *
 * @param {string} version
 * @param {string} suffix
 */
export function versionOf(version, suffix) {
  if (version.includes("-")) return `${version}.${suffix}`;
  const [major, minor, patch] = version.split(".").map(Number);
  return `${major}.${minor}.${Number(patch) + 1}-next.${suffix}`;
}

/**
 * @param {Record<string, any>} manifest
 * @param {ReadonlyMap<string, string>} versions
 */
function withVersions(manifest, versions) {
  const fixed = (/** @type {Record<string, string> | undefined} */ needed) =>
    needed &&
    Object.fromEntries(Object.entries(needed).map(([name, range]) => [name, versions.get(name) ?? range]));
  return {
    ...manifest,
    version: versions.get(manifest["name"]),
    dependencies: fixed(manifest["dependencies"]),
    peerDependencies: fixed(manifest["peerDependencies"]),
  };
}

/** @param {string} root */
function commitOf(root) {
  const git = (/** @type {string[]} */ ...args) => runProgram("git", args, { cwd: root });
  const { status, stdout } = git("rev-parse", "--short=7", "HEAD");
  if (status !== 0) return { commit: undefined, isClean: false };
  const changes = git(
    "status",
    "--porcelain",
    "--",
    "packages",
    "tsup.base.ts",
    "tsup.config.ts",
    "pnpm-lock.yaml",
    "scripts",
  );
  return { commit: stdout.trim(), isClean: changes.status === 0 && changes.stdout === "" };
}
