import ts from "typescript";
import { methodsOf } from "./methods.mjs";

/**
 * @typedef {import("./read-packages.mjs").Package} Package
 * @typedef {import("./read-packages.mjs").Source} Source
 * @typedef {import("./methods.mjs").Method} Method
 */

/** Accessors whose routes servers of the older generation do not have, so that nothing about them was recorded. */
const notRecorded = ["certificates"];

/**
 * Checks that each method of a resource is everywhere where its users and its tests look for it.
 *
 * @param {readonly Package[]} packages
 * @param {readonly Source[]} generations the tests against recorded servers
 * @returns {string[]} a sentence for each violation
 */
export function checkMethods(packages, generations) {
  const replayed = compact(generations);
  return packages.flatMap((each) =>
    methodsOf(each).flatMap((method) => [
      ...checkTypes(each, method),
      ...checkReadme(each, method),
      ...checkTests(each, method),
      ...checkGenerations(method, replayed),
    ]),
  );
}

/**
 * @param {Package} each
 * @param {Method} method
 * @returns {string[]}
 */
function checkTypes({ folder, sources }, { call, types }) {
  const exported = exportedNames(sources.find(({ file }) => file === "index.ts")?.text ?? "");
  return types
    .filter((name) => !exported.includes(name))
    .map(
      (name) => `packages/${folder}/src/index.ts must export ${name}, which is in the signature of ${call}.`,
    );
}

/**
 * @param {Package} each
 * @param {Method} method
 * @returns {string[]}
 */
function checkReadme({ folder, readme = "" }, { call, accessor }) {
  const [, section = ""] = readme.split(/^## Methods$/m);
  const named = documentedCalls(section.split(/^## /m)[0] ?? "");
  if (named.some((name) => name === call || `${accessor}().${name}` === call)) return [];
  return [`packages/${folder}/README.md must have ${call} in its table of methods.`];
}

/**
 * Tests call a method by its whole path, or of the `api` that a contract passes to them.
 *
 * @param {Package} each
 * @param {Method} method
 * @returns {string[]}
 */
function checkTests({ folder, tests = [] }, { call, accessor }) {
  const text = compact(tests.filter(({ file }) => !file.endsWith(".test-d.ts")));
  const contracts = text.split("pluginContract({create:");
  const own = contracts.find((each) => each.startsWith(`${accessor},`));
  const ofApi = contracts.length > 2 ? (own ?? "") : text;
  if (isCalled(call, text) || isCalled(call.replace(`${accessor}()`, "api"), ofApi)) return [];
  return [`packages/${folder}/test/contract.test.ts must call ${call}.`];
}

/**
 * @param {Method} method
 * @param {string} replayed
 * @returns {string[]}
 */
function checkGenerations({ call, accessor }, replayed) {
  if (notRecorded.includes(accessor) || isCalled(call, replayed)) return [];
  return [
    `tests/generations must call ${call}: add it to methods.ts or resource-methods.ts, or to composed.test.ts if it is more than one request.`,
  ];
}

/**
 * Finds the calls in the first column of a table: after `tags().list`, `create` is `tags().create`.
 *
 * @param {string} section
 * @returns {string[]}
 */
function documentedCalls(section) {
  return [...section.matchAll(/^\| ([^|]*)\|/gm)].flatMap(([, cell = ""]) => {
    let path = "";
    return [...cell.matchAll(/`([\w.()]*?\w+)(?:\([^`]+\))?`/g)].map(([, name = ""]) => {
      if (!name.includes(".")) return path + name;
      path = name.slice(0, name.lastIndexOf(".") + 1);
      return name;
    });
  });
}

/** @param {string} text */
function exportedNames(text) {
  return ts.createSourceFile("index.ts", text, ts.ScriptTarget.ES2022).statements.flatMap((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [statement.name.text];
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    return clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
  });
}

/**
 * @param {string} call
 * @param {string} text
 */
function isCalled(call, text) {
  return text.includes(`${call}(`) || text.includes(`${call}<`);
}

/**
 * Joins texts, without the white space that a formatter puts into a call.
 *
 * @param {readonly Source[]} sources
 */
function compact(sources) {
  return sources
    .map(({ text }) => text)
    .join("\n")
    .replaceAll(/\s+/g, "");
}
