import { existsSync, readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { MarkdownEnv } from "vitepress";
import { readText } from "../../scripts/read-text.mjs";

/** The Markdown that the site is made of: files of the repository at the paths that they have there, and generated ones. */
const folder = fileURLToPath(new URL("../pages/", import.meta.url));

/** The folders of generated pages. */
const generated = /^(?:api|options)\//;

/** The file of the repository that a page is made of; `undefined` if the page is generated. */
export function sourceOf({ path }: MarkdownEnv): string | undefined {
  const file = relative(folder, path).replaceAll("\\", "/");
  return generated.test(file) ? undefined : file;
}

/** Whether a file of the repository is a page. */
export function isPage(file: string): boolean {
  return file.endsWith(".md") && existsSync(`${folder}${file}`);
}

/** Names the page that a Markdown file becomes: a README is the index of its folder. */
export function pageOf(file: string): string {
  return file.replace(/(^|\/)README\.md$/, "$1index.md");
}

/** The address of a Markdown file's page on the site. */
export function addressOf(file: string): string {
  return `/${pageOf(file)
    .replace(/(^|\/)index\.md$/, "$1")
    .replace(/\.md$/, ".html")}`;
}

/** Lists the Markdown files of a folder, its README apart. */
export function filesIn(name: string): string[] {
  return readdirSync(`${folder}${name}`)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .sort()
    .map((file) => `${name}/${file}`);
}

/** The first heading of a Markdown file, without the marks of code and links. */
export function titleOf(file: string): string {
  const [, title = file] = /^# (.*)$/m.exec(readText(`${folder}${file}`)) ?? [];
  return title.replaceAll(/`|\[|\]\([^)]*\)/g, "");
}
