import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { githubSlug } from "../../scripts/github-slug.mjs";
import { readText } from "../../scripts/read-text.mjs";

/**
 * A link of a Markdown file.
 *
 * @typedef {object} Link
 * @property {string} file the Markdown file, from the workspace's folder
 * @property {string} target
 */

/**
 * Finds the links between files of the project; those to elsewhere are left out.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Link[]}
 */
export function linksOf(file, text) {
  const prose = text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ file, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

/**
 * Says what is wrong with a link.
 *
 * @param {string} root the workspace's folder
 * @param {Link} link
 * @returns {string | undefined}
 */
export function brokenLink(root, { file, target }) {
  const [path = "", heading] = target.split("#");
  const found = path === "" ? file : join(dirname(file), path);
  if (!existsSync(join(root, found))) return `${found} does not exist`;
  if (heading === undefined || headingsOf(readText(join(root, found))).includes(heading)) {
    return undefined;
  }
  return `${found} has no heading #${heading}`;
}

/** @param {string} text */
function headingsOf(text) {
  return [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = ""]) => githubSlug(heading));
}
