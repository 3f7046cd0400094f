import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readText } from "../read-text.mjs";

const templates = fileURLToPath(new URL("templates", import.meta.url));

/**
 * Returns the files of a new package, by their paths in the repository.
 *
 * @param {string} folder such as `auth-ldap` or `certificates`
 * @param {string} version of all packages
 * @returns {Map<string, string>}
 */
export function newPackageFiles(folder, version) {
  const kind = folder.startsWith("auth-") ? "auth" : "resource";
  const kebab = kebabOf(folder);
  const words = kebab.split("-");
  const Name = words.map(capitalized).join("");
  const values = {
    folder,
    version,
    kebab,
    Name,
    name: identifierOf(folder),
    Title: words.map(capitalized).join(" "),
    title: words.join(" "),
  };
  const fill = (/** @type {string} */ text) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, word) => values[/** @type {"name"} */ (word)]);
  const files = readdirSync(`${templates}/${kind}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".txt") && file !== "exports.txt")
    .map((file) => /** @type {const} */ ([`packages/${folder}/${file.slice(0, -".txt".length)}`, file]));
  const text = (/** @type {string} */ file) => fill(readText(`${templates}/${kind}/${file}`));
  return new Map([
    ...files.map(([path, file]) => /** @type {const} */ ([fill(path).replaceAll("\\", "/"), text(file)])),
    [`tests/tarballs/exports/${folder}.txt`, byName(text("exports.txt"))],
    [
      `.changeset/${folder}.md`,
      `---\n"@infisical/${folder}": minor\n---\n\n${folder === kebab ? `\`${values.name}()\`` : `\`${values.name}Auth()\``}: a new package.\n`,
    ],
  ]);
}

/**
 * Puts the exports of an entry in the order of their names.
 *
 * @param {string} text
 */
function byName(text) {
  const [entry = "", ...exports] = text.trimEnd().split("\n");
  const nameOf = (/** @type {string} */ line) => line.trim().split(/ +/)[1] ?? "";
  exports.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return `${[entry, ...exports].join("\n")}\n`;
}

/**
 * Returns the name that a new package has in code.
 *
 * @param {string} folder
 */
export function identifierOf(folder) {
  const [first = "", ...others] = kebabOf(folder).split("-");
  return first + others.map(capitalized).join("");
}

/** @param {string} folder */
function kebabOf(folder) {
  return folder.replace(/^auth-/, "");
}

/** @param {string} word */
function capitalized(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
