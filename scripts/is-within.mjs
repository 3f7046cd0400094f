import { realpathSync } from "node:fs";
import { isAbsolute, relative } from "node:path";

/**
 * Whether a folder that exists is another one or inside it, by whatever link.
 *
 * @param {string} folder
 * @param {string} outer
 */
export function isWithin(folder, outer) {
  const path = relative(realpathSync(outer), realpathSync(folder));
  return !/^\.\.(?:[\\/]|$)/.test(path) && !isAbsolute(path);
}
