import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Lists the project's files that fit a pathspec, new ones that git does not ignore among them.
 *
 * @param {string} root the workspace's folder
 * @param {readonly string[]} pathspec
 * @returns {string[]} paths from that folder
 */
export function projectFiles(root, pathspec) {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", ...pathspec],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return listed.split("\n").filter((file) => file !== "" && existsSync(`${root}/${file}`));
}
