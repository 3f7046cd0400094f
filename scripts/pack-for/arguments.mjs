import { resolve } from "node:path";
import { Refusal } from "./refusal.mjs";

/** What `--help` prints. */
export const helpText = `npm run pack-for -- <folder> [packages...]

Builds and packs packages as they are in this repository, and installs them into the project in <folder>.

  npm run pack-for -- ../my-app
  npm run pack-for -- ../my-app core auth-universal secrets test-server

Without packages, @infisical/sdk is installed. A name can have its scope, or not. Run it again to update. The tarballs are
in the project's folder .infisical, which belongs into its repository and into its container.`;

/**
 * Reads the command line.
 *
 * @param {readonly string[]} argv
 * @param {object} known
 * @param {string} known.cwd what the folder is relative to
 * @param {readonly string[]} known.names the packages that exist, with their scope
 * @returns {{ help: true } | { help: false, folder: string, packages: readonly string[] }}
 * @throws {Refusal}
 */
export function readArguments(argv, { cwd, names }) {
  if (argv.some((each) => each === "--help" || each === "-h")) return { help: true };
  const option = argv.find((each) => each.startsWith("-"));
  if (option !== undefined) throw new Refusal(`has only the option --help, got ${option}.`);
  const [folder, ...packages] = argv;
  if (!folder) throw new Refusal("needs the folder of a project, such as npm run pack-for -- ../my-app.");
  const scoped = packages.map((each) => (each.startsWith("@") ? each : `@infisical/${each}`));
  const unknown = packages.filter((_, index) => !names.includes(scoped[index] ?? ""));
  if (unknown.length > 0) {
    const existing = names.map((name) => name.slice("@infisical/".length)).join(", ");
    throw new Refusal(
      `has no package ${unknown.map((each) => JSON.stringify(each)).join(", ")}; there are ${existing}.`,
    );
  }
  return {
    help: false,
    folder: resolve(cwd, folder),
    packages: scoped.length > 0 ? [...new Set(scoped)] : ["@infisical/sdk"],
  };
}
