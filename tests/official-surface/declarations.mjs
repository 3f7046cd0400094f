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
 * Gives the names of the members that classes of a declaration file keep private.
 *
 * @param {string} text
 * @returns {Set<string>}
 */
export function privateNames(text) {
  return new Set(Array.from(text.matchAll(/^\s+private (?:readonly )?(\w+)/gm), ([, name]) => name ?? ""));
}
