import { spawnSync } from "node:child_process";
import { installAndBuild } from "./pnpm.mjs";

/**
 * Runs a program of the repository on the built packages, and ends as it does.
 *
 * @param {readonly string[]} args for Node
 * @param {Parameters<typeof installAndBuild>[0]} [options] which packages it needs, and who hears how far it is
 */
export function runBuilt(args, options) {
  if (!installAndBuild(options)) process.exit(1);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  process.exit(status ?? 1);
}
