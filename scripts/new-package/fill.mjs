import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../read-text.mjs";

/**
 * Returns the files of a folder of templates, by their paths, with every name filled in.
 *
 * @param {string} templates
 * @param {Readonly<Record<string, string>>} values
 * @returns {Map<string, string>}
 */
export function filledTemplates(templates, values) {
  const fill = (/** @type {string} */ text) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, word) => {
      const value = values[word];
      if (value === undefined) throw new Error(`A template in ${templates} needs a value for ${word}.`);
      return value;
    });
  const files = readdirSync(templates, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".txt"))
    .sort();
  return new Map(
    files.map((file) => [
      fill(file.slice(0, -".txt".length)).replaceAll("\\", "/"),
      fill(readText(join(templates, file))),
    ]),
  );
}

/**
 * Returns the forms of a name that the templates use.
 *
 * @param {string} kebab such as `tls-cert`
 */
export function formsOf(kebab) {
  const words = kebab.split("-");
  const [first = "", ...others] = words;
  return {
    kebab,
    Name: words.map(capitalized).join(""),
    name: first + others.map(capitalized).join(""),
    Title: words.map(capitalized).join(" "),
    title: words.join(" "),
  };
}

/**
 * Whether a plugin, and an accessor of the client, can have this name.
 *
 * @param {string} name
 */
export function isIdentifier(name) {
  try {
    return Boolean(new Function(`"use strict"; let ${name};`)) && !(name in {});
  } catch {
    return false;
  }
}

/** @param {string} word */
function capitalized(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
