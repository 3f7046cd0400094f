import { type ExportFormat, joinLines } from "./format.ts";

/** The length from which YAML does not take a text for a key. */
const tooLong = 1_000;

/** A mapping of YAML 1.2 whose keys and values are in double quotes, so that nothing in it is a number or a date. */
export const yamlFormat: ExportFormat = {
  target: "YAML",
  limits: `Names and values are well-formed Unicode; names are shorter than ${tooLong} characters.`,
  holdsName: (name) => /^\P{Cs}*$/u.test(name) && name.length < tooLong,
  write: (name, value) => (/\p{Cs}/u.test(value) ? undefined : `${quoted(name)}: ${quoted(value)}`),
  join: (written) => (written.length === 0 ? "{}\n" : joinLines(written)),
};

/** JSON's escapes are YAML's too; what YAML does not print is escaped besides. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
