import { fileURLToPath } from "node:url";
import ts from "typescript";

/**
 * Gives the names in the export lists of a file, types among them.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function exportedNames(text) {
  return ts
    .createSourceFile("index.ts", text, ts.ScriptTarget.ES2022)
    .statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement)) return [];
      const { exportClause } = statement;
      return exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [];
    })
    .sort();
}

/**
 * Returns the names that a file of this workspace exports, including those of `export *`.
 *
 * @param {string} file
 * @returns {string[]}
 */
export function resolvedExports(file) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : [];
}

/**
 * Gives the names of the members that classes of a declaration file keep private.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function privateNames(text) {
  return new Set(Array.from(text.matchAll(/^\s+private (?:readonly )?(\w+)/gm), ([, name]) => name ?? ""));
}
