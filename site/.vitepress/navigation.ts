import { fileURLToPath } from "node:url";
import type { DefaultTheme } from "vitepress";
import { readEntries } from "../sources/entries.mjs";
import { addressOf, filesIn, titleOf } from "./pages.ts";

type Group = DefaultTheme.SidebarItem;

const start = ["README.md", "docs/migrating.md", "docs/comparison.md", "docs/differences.md", "SECURITY.md"];
const logins = ["docs/logins.md"];
const contributing = ["CONTRIBUTING.md", "ARCHITECTURE.md", "docs/releasing.md"];
const named = new Set([...start, ...logins, ...contributing, "docs/errors.md"]);
const entries = readEntries(fileURLToPath(new URL("../../", import.meta.url))).toSorted((one, other) =>
  one.name.localeCompare(other.name),
);
const folders = [...new Set(entries.map(({ folder }) => folder))];

/** The links above every page. */
export const nav: DefaultTheme.NavItem[] = [
  { text: "Start", link: "/" },
  { text: "Packages", link: "/docs/packages.html" },
  { text: "Options", link: "/options/" },
  { text: "API", link: "/api/" },
  { text: "Errors", link: "/docs/errors.html" },
];

/** The links next to every page. */
export const sidebar: Group[] = [
  group("Start", start, false),
  group(
    "Guides",
    filesIn("docs").filter((file) => !named.has(file)),
  ),
  group("Recipes", filesIn("docs/recipes")),
  group("Logins", [...logins, ...folders.filter((name) => name.startsWith("auth-")).map(readme)]),
  group("Packages", folders.filter((name) => !name.startsWith("auth-")).map(readme)),
  {
    text: "Options",
    link: "/options/",
    collapsed: true,
    items: folders.map((name) => ({ text: `@infisical/${name}`, link: `/options/${name}.html` })),
  },
  {
    text: "API reference",
    link: "/api/",
    collapsed: true,
    items: entries.map(({ name }) => ({ text: name, link: `/api/${name}.html` })),
  },
  { text: "Errors", items: [item("docs/errors.md")] },
  group("Contributing", [...contributing, ...filesIn("docs/decisions")]),
];

function readme(folder: string): string {
  return `packages/${folder}/README.md`;
}

function group(text: string, files: readonly string[], collapsed = true): Group {
  return { text, collapsed, items: files.map(item) };
}

function item(file: string): Group {
  return { text: titleOf(file), link: addressOf(file) };
}
