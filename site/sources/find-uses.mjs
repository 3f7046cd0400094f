import { relative } from "node:path";
import ts from "typescript";

/**
 * Where an example sets an option.
 *
 * @typedef {object} Use
 * @property {import("./read-examples.mjs").Example} example
 * @property {string} code the smallest part of the example that shows the option and is short
 */

/** How many lines of an example are shown for one option. */
const longest = 12;

/**
 * Finds where examples set the properties of types: an object literal names the property, where that type is expected.
 *
 * @param {string} root the repository's folder
 * @param {ts.Program} program with the examples
 * @param {readonly import("./read-examples.mjs").Example[]} examples
 * @returns {Map<string, Use[]>} by the property's declaration, as `declarationKey` writes it
 */
export function findUses(root, program, examples) {
  const checker = program.getTypeChecker();
  /** @type {Map<string, Use[]>} */
  const uses = new Map();
  for (const example of examples) {
    const source = program.getSourceFile(example.path);
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (ts.isObjectLiteralExpression(node)) {
        const expected = checker.getContextualType(node);
        for (const property of node.properties) {
          const name = property.name?.getText(source).replaceAll(/["']/g, "");
          for (const key of name ? declarations(root, expected, name) : []) {
            uses.set(key, [...(uses.get(key) ?? []), { example, code: shownCode(property, node, source) }]);
          }
        }
      }
      ts.forEachChild(node, visit);
    };
    if (source !== undefined) visit(source);
  }
  return uses;
}

/**
 * Names the declaration of a property.
 *
 * @param {string} file from the repository's folder
 * @param {number} line from 1
 * @param {string} name
 */
export function declarationKey(file, line, name) {
  return `${file}:${line}:${name}`;
}

/**
 * @param {string} root
 * @param {ts.Type | undefined} type
 * @param {string} name
 * @returns {Set<string>}
 */
function declarations(root, type, name) {
  const parts = type?.isUnion() ? type.types : [type];
  const found = parts.flatMap((part) => part?.getProperty(name)?.declarations ?? []);
  return new Set(
    found.map((declaration) => {
      const source = declaration.getSourceFile();
      const { line } = source.getLineAndCharacterOfPosition(declaration.getStart(source));
      return declarationKey(relative(root, source.fileName).replaceAll("\\", "/"), line + 1, name);
    }),
  );
}

/**
 * @param {ts.Node} property
 * @param {ts.Node} literal
 * @param {ts.SourceFile | undefined} source
 */
function shownCode(property, literal, source) {
  let statement = literal;
  while (!ts.isStatement(statement) || ts.isBlock(statement)) statement = statement.parent;
  const texts = [statement, literal, property].map((node) => dedent(node.getText(source)));
  return texts.find((text) => text.split("\n").length <= longest) ?? texts[2] ?? "";
}

/**
 * Moves all lines but the first to the left, as far as the last one is.
 *
 * @param {string} text
 */
function dedent(text) {
  const [indent = ""] = /^ *(?=\S*$)/.exec(text.split("\n").at(-1) ?? "") ?? [];
  return text.replaceAll(`\n${indent}`, "\n");
}
