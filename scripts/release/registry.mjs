import { programOutput, runProgram } from "../programs/run.mjs";

/**
 * Asks the registry whether a version is there.
 *
 * @param {string} name
 * @param {string} version
 * @returns {boolean}
 */
export function isPublished(name, version) {
  const { status, stdout, stderr } = runProgram("npm", ["view", `${name}@${version}`, "version"]);
  if (status === 0) return stdout.trim() !== "";
  if (/\bE404\b/.test(stderr)) return false;
  throw new Error(`The registry does not say whether ${name}@${version} is there:\n${stderr}`);
}

/**
 * Publishes a tarball; a version such as 6.0.0-next.1 goes under the tag `next`, never under `latest`.
 *
 * @param {string} tarball
 * @param {string} version
 */
export function publish(tarball, version) {
  const tag = /-([a-z]+)/.exec(version)?.[1] ?? "latest";
  const args = ["publish", tarball, "--access=public", "--provenance", `--tag=${tag}`];
  programOutput("npm", args, { stdio: ["ignore", "inherit", "inherit"] });
}
