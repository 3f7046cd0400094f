import { fileURLToPath } from "node:url";
import { filledTemplates, formsOf } from "./fill.mjs";

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
  const forms = formsOf(kebabOf(folder));
  const values = { ...forms, folder, package: `@infisical/${folder}`, version };
  const { exports: list = "", ...files } = Object.fromEntries(
    filledTemplates(`${templates}/${kind}`, values),
  );
  return new Map([
    ...Object.entries(files).map(
      ([file, text]) => /** @type {const} */ ([`packages/${folder}/${file}`, text]),
    ),
    [`tests/tarballs/exports/${folder}.txt`, byName(list)],
    [
      `.changeset/${folder}.md`,
      `---\n"@infisical/${folder}": minor\n---\n\n${kind === "resource" ? `\`${forms.name}()\`` : `\`${forms.name}Auth()\``}: a new package.\n`,
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
  return formsOf(kebabOf(folder)).name;
}

/** @param {string} folder */
function kebabOf(folder) {
  return folder.replace(/^auth-/, "");
}
