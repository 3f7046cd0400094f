import { posix } from "node:path";
import type { MarkdownEnv, MarkdownRenderer } from "vitepress";
import { addressOf, isPage, sourceOf } from "../pages.ts";

/** Where a file that is not a page can be read. */
const repository = "https://github.com/Infisical/infisical-sdk/blob/main/";

/** Leads links between files of the repository to pages of the site, and those to other files to the repository. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push("repository-links", ({ tokens, env }) => {
    const file = sourceOf(env as MarkdownEnv);
    if (file === undefined) return;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href !== null) token.attrSet("href", siteLink(file, href));
    }
  });
}

/**
 * Gives the address on the site for a link in a file of the repository.
 *
 * @param file the Markdown file, from the repository's folder
 * @param href as written there
 */
export function siteLink(file: string, href: string): string {
  if (/^(?:[a-z]+:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = posix.join(posix.dirname(file), path).replace(/\/$/, "");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  // A folder of documents is listed where all documents are.
  const list = /^docs\/\w+$/.test(target) ? ["docs/README.md"] : [];
  const page = [target, `${target}/README.md`, ...list].find(isPage);
  return page === undefined ? `${repository}${target}${hash}` : `${addressOf(page)}${hash}`;
}
