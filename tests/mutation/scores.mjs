import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { areaOf, areas } from "./areas.mjs";

/** @typedef {{ line: number, column: number }} Position */
/** @typedef {{ status: string, mutatorName: string, replacement?: string, location: { start: Position, end: Position } }} Mutant */
/** @typedef {{ detected: number, all: number }} Score */

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A test that hangs has noticed the mutant. All else, ignored mutants too, is a survivor. */
const detected = new Set(["Killed", "Timeout"]);

/**
 * Where the results of an area are kept, below the workspace's folder.
 *
 * @param {string} name
 */
export const resultsPath = (name) => `.cache/mutation/${name.replace("/", "-")}.json`;

/**
 * What the last runs of an area found, by the path of the file. An area that has not run has no results.
 *
 * @param {string} name
 * @returns {Record<string, { source: string, mutants: Mutant[] }>}
 */
function results(name) {
  try {
    return JSON.parse(readFileSync(`${root}${resultsPath(name)}`, "utf8")).files;
  } catch {
    return {};
  }
}

/**
 * @param {readonly Mutant[]} mutants
 * @returns {Score}
 */
function score(mutants) {
  return { detected: mutants.filter(({ status }) => detected.has(status)).length, all: mutants.length };
}

/** @param {Score} score */
const percent = ({ detected, all }) => (all === 0 ? 100 : (100 * detected) / all);

/** @param {Score} score */
const text = (score) => `${percent(score).toFixed(1).padStart(5)} %  ${score.detected} of ${score.all}`;

/**
 * Prints an area's score, and that of each of its files.
 *
 * @param {string} name
 */
export function printScores(name) {
  const files = results(name);
  for (const [path, { mutants }] of Object.entries(files)) {
    console.log(`${path.slice(areaOf(name).mutate.length + 1).padEnd(32)} ${text(score(mutants))}`);
  }
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  console.log(`${name.padEnd(32)} ${text(score(mutants))}`);
}

/**
 * Prints the mutants that no test noticed, in an area's last runs.
 *
 * @param {string} name
 */
export function printSurvivors(name) {
  for (const [path, { source, mutants }] of Object.entries(results(name))) {
    const lines = source.split("\n");
    for (const { status, location, mutatorName, replacement } of mutants) {
      if (detected.has(status)) continue;
      const { start, end } = location;
      const original =
        start.line === end.line
          ? lines[start.line - 1]?.slice(start.column - 1, end.column - 1)
          : `${lines[start.line - 1]?.slice(start.column - 1)} …`;
      console.log(`${path}:${start.line}:${start.column} ${status} ${mutatorName}`);
      console.log(`  - ${original}\n  + ${replacement?.replaceAll("\n", "\n    ")}`);
    }
  }
}

const withoutCode = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
]);

/**
 * Whether nothing of a statement is mutated: types, imports, and values that are constants by type.
 *
 * @param {ts.Statement} statement
 */
function hasNoCode(statement) {
  if (withoutCode.has(statement.kind)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) =>
      initializer && ts.isAsExpression(initializer) && ts.isConstTypeReference(initializer.type),
  );
}

/**
 * The files of an area that have anything to mutate.
 *
 * @param {string} name
 */
function filesOf(name) {
  const folder = areaOf(name).mutate;
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => {
      const text = readFileSync(`${root}${path}`, "utf8");
      const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
      return !statements.every(hasNoCode);
    });
}

/**
 * Says whether areas reach their bars. Areas that are judged together count together, and only once every file with
 * code has been measured.
 *
 * @param {readonly string[]} names
 */
export function judge(names) {
  let reached = true;
  for (const together of new Set(names.map((name) => areaOf(name).together))) {
    const members = Object.keys(areas).filter((name) => areaOf(name).together === together);
    const files = Object.assign({}, ...members.map(results));
    const missing = members.flatMap(filesOf).filter((path) => !Object.hasOwn(files, path));
    const total = score(Object.values(files).flatMap(({ mutants }) => mutants));
    const bar = Math.max(...members.map((name) => areaOf(name).bar));
    const passed = missing.length === 0 && percent(total) >= bar;
    const verdict =
      missing.length > 0
        ? `so far; the bar of ${bar} % needs every file`
        : `${passed ? "reaches" : "is below"} the bar of ${bar} %`;
    console.log(`\n${together}: ${text(total)}, ${verdict}`);
    if (missing.length > 0) console.log(`Not measured yet: ${missing.join(", ")}`);
    reached &&= passed;
  }
  return reached;
}
