import ts from "typescript";

/**
 * Gives the names that a module mentions and does not declare or import itself, those of its inner scopes among them.
 *
 * @param {string} code
 * @returns {Set<string>}
 */
export function freeNames(code) {
  const source = ts.createSourceFile("code.ts", code, ts.ScriptTarget.ES2022, true);
  const declared = new Set(source.statements.flatMap(declaredNames));
  const free = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node) && !declared.has(node.text)) free.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return free;
}

/**
 * @param {ts.Node} statement
 * @returns {string[]}
 */
function declaredNames(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [statement.name.text] : [];
  }
  if (!ts.isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const names = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
  return [name?.text, ...names.map((each) => each?.name.text)].filter((text) => text !== undefined);
}

/**
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
function boundNames(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}
