import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { githubSlug } from "../../scripts/github-slug.mjs";

/**
 * Leads links to a heading that TypeDoc counts and its Markdown does not have, such as the second of a type and a constant
 * with the same name, to the first heading of that name.
 *
 * @param {string} folder of the API reference
 */
export function repairAnchors(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".md"));
  const texts = new Map(files.map((file) => [file, readFileSync(`${folder}/${file}`, "utf8")]));
  const anchors = new Map([...texts].map(([file, text]) => [file, anchorsOf(text)]));
  for (const [file, text] of texts) {
    const repaired = text.replaceAll(/\]\(([^()#\s]*)#([^()\s]+)-\d+\)/g, (link, path, anchor) => {
      const target = path === "" ? file : posix.join(posix.dirname(file), path);
      const wanted = link.slice(link.indexOf("#") + 1, -1);
      return anchors.get(target)?.has(wanted) ? link : `](${path}#${anchor})`;
    });
    writeFileSync(`${folder}/${file}`, repaired);
  }
}

/** @param {string} text */
function anchorsOf(text) {
  /** @type {Set<string>} */
  const anchors = new Set();
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/^#{1,6} (.*)$/gm);
  for (const [, heading = ""] of headings) {
    const slug = githubSlug(heading.replaceAll(/\\|\{#.*\}$/g, ""));
    let unique = slug;
    for (let index = 1; anchors.has(unique); index += 1) unique = `${slug}-${index}`;
    anchors.add(unique);
  }
  return anchors;
}
