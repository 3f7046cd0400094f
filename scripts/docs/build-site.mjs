import { announce } from "../announce.mjs";
import { pnpm, root } from "../pnpm.mjs";

/** The folder of the finished site. */
export const builtSite = `${root}site/dist/`;

/**
 * Installs VitePress and builds the documentation site from the repository's Markdown files and sources.
 *
 * @returns {boolean} whether it succeeded
 */
export function buildSite() {
  const site = `--dir=${root}site`;
  return (
    announce("Installing what the site needs (the first time some minutes)", () =>
      pnpm([site, "install", "--frozen-lockfile"], { quiet: true }),
    ) && announce("Building the site", () => pnpm([site, "run", "build"], { quiet: true }))
  );
}
