import ts from "typescript";

/**
 * @typedef {import("./read-packages.mjs").Package} Package
 * @typedef {{ call: string, accessor: string, types: readonly string[] }} Method a public method of a resource:
 * how a user writes it, such as `kms().keys().create`, the accessor that it is reached by (`kms`), and the package's
 * own types in its signature
 */

/**
 * Finds the methods that a package adds to a client: those of the API of each `Plugin<"name", API>` that it exports.
 *
 * @param {Package} each
 * @returns {Method[]}
 */
export function methodsOf(each) {
  const statements = statementsOf(each);
  const interfaces = new Map(
    statements.filter(ts.isInterfaceDeclaration).map((declared) => [declared.name.text, declared]),
  );
  const declared = new Set(statements.filter(isTypeDeclaration).map(({ name }) => name.text));
  return statements.flatMap((statement) => {
    const plugin = ts.isTypeAliasDeclaration(statement) ? pluginOf(statement.type) : undefined;
    if (!plugin) return [];
    const { accessor, api } = plugin;
    return methodsIn(api, `${accessor}()`, interfaces).map(({ call, types }) => ({
      call,
      accessor,
      types: types.filter((name) => declared.has(name)),
    }));
  });
}

/**
 * Parses what a package contains.
 *
 * @param {Package} each
 */
export function statementsOf({ sources }) {
  return sources.flatMap(({ file, text }) => [
    ...ts.createSourceFile(file, text, ts.ScriptTarget.ES2022).statements,
  ]);
}

/**
 * @param {ts.Statement} statement
 * @returns {statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration}
 */
export function isTypeDeclaration(statement) {
  return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
}

/**
 * @param {ts.TypeNode} type
 * @returns {{ accessor: string, api: string } | undefined} of `Plugin<"tags", TagsApi>`, `tags` and `TagsApi`
 */
function pluginOf(type) {
  if (nameOf(type) !== "Plugin" || !ts.isTypeReferenceNode(type)) return undefined;
  const [name, api] = type.typeArguments ?? [];
  if (!name || !api || !ts.isLiteralTypeNode(name) || !ts.isStringLiteral(name.literal)) return undefined;
  return { accessor: name.literal.text, api: nameOf(api) };
}

/**
 * @param {string} api the name of an interface
 * @param {string} path how a user reaches it
 * @param {ReadonlyMap<string, ts.InterfaceDeclaration>} interfaces
 * @returns {{ call: string, types: readonly string[] }[]}
 */
function methodsIn(api, path, interfaces) {
  const declared = interfaces.get(api);
  if (!declared) return [];
  const inherited = (declared.heritageClauses ?? []).flatMap(({ types }) =>
    types.flatMap(({ expression }) =>
      ts.isIdentifier(expression) ? methodsIn(expression.text, path, interfaces) : [],
    ),
  );
  const own = declared.members.flatMap((member) => {
    if (!ts.isMethodSignature(member) && !ts.isPropertySignature(member)) return [];
    const isMethod = ts.isMethodSignature(member);
    const call = `${path}.${/** @type {ts.Identifier} */ (member.name).text}`;
    const result = member.type ? nameOf(member.type) : "";
    // What leads to another part of the API, as `kms().keys()` and `dynamicSecrets().leases` do.
    if (/Api$/.test(result)) return methodsIn(result, isMethod ? `${call}()` : call, interfaces);
    return isMethod ? [{ call, types: typesIn(member) }] : [];
  });
  return [...inherited, ...own];
}

/** @param {ts.TypeNode} type */
function nameOf(type) {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : "";
}

/**
 * @param {ts.Node} node
 * @returns {string[]} the names of all types in it
 */
function typesIn(node) {
  /** @type {string[]} */
  const names = [];
  const visit = (/** @type {ts.Node} */ child) => {
    if (ts.isTypeReferenceNode(child)) names.push(nameOf(child));
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}
