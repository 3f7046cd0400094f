import ts from "typescript";
import { freeNames } from "../../tests/documentation/free-names.mjs";

/** What only Node has, or what opens a port of it. */
const onlyOnNode = ["Buffer", "__dirname", "listen", "listenAt", "require"];

/**
 * Says why an example cannot run in a page.
 *
 * @param {string} code
 * @param {Readonly<Record<string, unknown>>} modules what examples can import there, by name
 * @returns {string | undefined} `undefined` if it runs there
 */
export function whyNotInPage(code, modules) {
  const missing = importsOf(code).find((name) => !Object.hasOwn(modules, name));
  if (missing !== undefined) return `imports ${missing}`;
  const free = freeNames(code);
  const name = onlyOnNode.find((each) => free.has(each));
  return name === undefined ? undefined : `uses ${name}`;
}

/**
 * Lists the modules that a program imports, those that it imports late among them.
 *
 * @param {string} code
 * @returns {string[]}
 */
function importsOf(code) {
  return ts.preProcessFile(code).importedFiles.map(({ fileName }) => fileName);
}
