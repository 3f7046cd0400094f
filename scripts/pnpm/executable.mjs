import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { programOutput } from "../programs/run.mjs";

/**
 * The pnpm that is pinned: its version, and the hashes of the tarballs that hold its executable, by package.
 *
 * @typedef {{ version: string, tarballs: Readonly<Record<string, string>> }} PinnedPnpm
 */

/**
 * Gives the executable of the pinned pnpm, which is downloaded and compared with its hash the first time.
 *
 * `npx` would run whatever the registry gives under that version. npm downloads it, so its registry, its proxy and its
 * cache are those of npm's configuration.
 *
 * @param {PinnedPnpm} pinned
 * @param {string} cache the folder that keeps executables that were compared
 * @returns {string | undefined} its path; `undefined` where there is no hash for this platform
 * @throws {Error} where the download has another hash; nothing of it is run
 */
export function pnpmExecutable({ version, tarballs }, cache) {
  const name = packageOfPlatform();
  const hash = tarballs[name];
  if (hash === undefined) return undefined;
  const file = process.platform === "win32" ? "pnpm.exe" : "pnpm";
  const folder = join(cache, `pnpm-${createHash("sha256").update(hash).digest("hex").slice(0, 16)}`);
  const executable = join(folder, "package", file);
  if (existsSync(executable)) return executable;
  mkdirSync(cache, { recursive: true });
  const unpacked = mkdtempSync(join(cache, "download-"));
  try {
    const tarball = download(`${name}@${version}`, unpacked);
    assertHash(readFileSync(tarball), hash, `${name}@${version}`);
    // By its name: some versions of tar read C: as another machine.
    programOutput("tar", ["-xzf", basename(tarball)], { cwd: unpacked });
    rmSync(tarball);
    // Another process may have been faster; what it put there was compared, too.
    if (!existsSync(executable)) renameSync(unpacked, folder);
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
  return executable;
}

/**
 * Compares a tarball with a hash in the form of lockfiles.
 *
 * @param {Uint8Array} tarball
 * @param {string} hash such as `sha512-…`
 * @param {string} name for the error
 */
export function assertHash(tarball, hash, name) {
  const [algorithm = ""] = hash.split("-", 1);
  const found = `${algorithm}-${createHash(algorithm).update(tarball).digest("base64")}`;
  if (found === hash) return;
  throw new Error(
    `${name} is not what scripts/pnpm/hashes.json pins, so it is not run: ${found} instead of ${hash}.`,
  );
}

/** @returns {string} the package that holds the executable for this machine */
function packageOfPlatform() {
  const { header } = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.platform === "linux" ? process.report.getReport() : {}
  );
  const musl = process.platform === "linux" && header?.glibcVersionRuntime === undefined ? "-musl" : "";
  return `@pnpm/exe.${process.platform}-${process.arch}${musl}`;
}

/**
 * @param {string} specifier
 * @param {string} folder
 * @returns {string} the tarball's path
 */
function download(specifier, folder) {
  const args = ["pack", specifier, "--loglevel=error", "--prefer-offline", "--ignore-scripts"];
  const output = programOutput("npm", [...args, `--pack-destination=${folder}`]);
  return join(folder, output.trim().split("\n").at(-1) ?? "");
}
