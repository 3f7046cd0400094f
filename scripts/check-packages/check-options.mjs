import ts from "typescript";
import { isTypeDeclaration, methodsOf, statementsOf } from "./methods.mjs";

/**
 * @typedef {import("./read-packages.mjs").Package} Package
 * @typedef {ReadonlyMap<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>} Types
 */

/**
 * Checks that each option in the type of a method has a rule, and is in a table or an example of the README.
 *
 * @param {readonly Package[]} packages
 * @returns {string[]} a sentence for each violation
 */
export function checkOptions(packages) {
  return packages.flatMap((each) => {
    const methods = methodsOf(each);
    if (methods.length === 0) return [];
    const statements = statementsOf(each);
    const types = new Map(statements.filter(isTypeDeclaration).map((type) => [type.name.text, type]));
    const known = new Set(statements.flatMap(declaredNames));
    const named = new Set(statements.flatMap((statement) => rulesIn(statement, known)));
    const code = each.readme?.match(/^```[\s\S]*?^```|`[^`\n]+`/gm) ?? [];
    const documented = new Set(code.flatMap((text) => text.match(/\w+/g) ?? []));
    /** @type {Map<string, string>} the options of all methods, each with the first method that has it */
    const options = new Map();
    for (const { call, types: used } of methods) {
      for (const type of used.filter((name) => name.endsWith("Options"))) {
        for (const option of fieldsOf(type, types)) if (!options.has(option)) options.set(option, call);
      }
    }
    return [...options].flatMap(([option, call]) => {
      const what = `the option ${option}, which ${call} takes`;
      return [
        ...(named.has(option) ? [] : [`packages/${each.folder}/src must have a rule for ${what}.`]),
        ...(documented.has(option) ? [] : [`packages/${each.folder}/README.md must have ${what}.`]),
      ];
    });
  });
}

/**
 * Finds the fields whose value is a rule: something that the module imports or declares, or what a call of that returns. The
 * fields of the shape of a response are texts, and those of a request are variables of a function.
 *
 * @param {ts.Node} node
 * @param {ReadonlySet<string>} known the names that the package's modules import and declare
 * @returns {string[]} their names, where `name?` means `name`
 */
function rulesIn(node, known) {
  /** @type {string[]} */
  const names = [];
  const visit = (/** @type {ts.Node} */ child) => {
    if (ts.isPropertyAssignment(child)) {
      const value = ts.isCallExpression(child.initializer) ? child.initializer.expression : child.initializer;
      const name = /** @type {ts.Identifier} */ (child.name).text;
      if (ts.isIdentifier(value) && known.has(value.text)) names.push(name?.replace(/\?$/, ""));
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

/**
 * @param {ts.Statement} statement
 * @returns {string[]} the names that it imports or declares for its module
 */
function declaredNames(statement) {
  if (ts.isImportDeclaration(statement)) {
    const { namedBindings } = statement.importClause ?? {};
    return namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements.map(({ name }) => name.text)
      : [];
  }
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [name.text] : [],
  );
}

/**
 * @param {string} name of a type
 * @param {Types} types
 * @returns {string[]} its fields, and those of the types of the package that it is made of
 */
function fieldsOf(name, types) {
  const type = types.get(name);
  if (!type) return [];
  if (ts.isTypeAliasDeclaration(type)) return fieldsIn(type.type, types);
  const inherited = (type.heritageClauses ?? []).flatMap((clause) => clause.types);
  return [...inherited.flatMap((parent) => fieldsIn(parent, types)), ...membersOf(type)];
}

/**
 * @param {ts.TypeNode} node
 * @param {Types} types
 * @returns {string[]}
 */
function fieldsIn(node, types) {
  if (ts.isIntersectionTypeNode(node) || ts.isUnionTypeNode(node)) {
    return node.types.flatMap((part) => fieldsIn(part, types));
  }
  if (ts.isParenthesizedTypeNode(node)) return fieldsIn(node.type, types);
  if (ts.isTypeLiteralNode(node)) return membersOf(node);
  if (!ts.isTypeReferenceNode(node) && !ts.isExpressionWithTypeArguments(node)) return [];
  const name = ts.isTypeReferenceNode(node) ? node.typeName : node.expression;
  const ofArguments = (node.typeArguments ?? []).flatMap((part) => fieldsIn(part, types));
  return [...(ts.isIdentifier(name) ? fieldsOf(name.text, types) : []), ...ofArguments];
}

/**
 * @param {ts.InterfaceDeclaration | ts.TypeLiteralNode} type
 * @returns {string[]}
 */
function membersOf({ members }) {
  return members.filter(ts.isPropertySignature).map(({ name }) => /** @type {ts.Identifier} */ (name).text);
}
