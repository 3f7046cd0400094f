import { ReflectionKind } from "typedoc";
import { declarationKey } from "./find-uses.mjs";

/**
 * A type of options, such as `GetSecretOptions`, or an object within one.
 *
 * @typedef {object} OptionType
 * @property {string} name such as `ClientOptions`, or `CreateSecretImportOptions.import` for an object without a name
 * @property {import("typedoc").DeclarationReflection | undefined} declaration of its name
 * @property {string} module the name that users import it from
 * @property {Option[]} options its own
 * @property {Set<import("typedoc").DeclarationReflection>} parents the types whose options it has too
 */

/**
 * @typedef {object} Option
 * @property {import("typedoc").DeclarationReflection} declaration
 * @property {string} key which declaration it is
 */

/** Types whose values come from elsewhere as a whole, such as a key file: nobody sets what they consist of one by one. */
const obtained = new Set([
  "CertificateKeys",
  "GcpServiceAccountKey",
  "JsonWebKeySet",
  "StandardSchema",
  "TransportServerAddresses",
  "TransportUnderTestOptions",
]);

/**
 * Finds the options of every public function and method: the properties of each exported type whose name ends with
 * `Options`, and of the objects that those consist of.
 *
 * @param {import("typedoc").ProjectReflection} project
 * @returns {OptionType[]}
 */
export function findOptions(project) {
  /** @type {Map<string, OptionType>} */
  const found = new Map();
  const declared = project.getReflectionsByKind(ReflectionKind.Interface | ReflectionKind.TypeAlias);
  for (const each of declared) {
    if (each.name.endsWith("Options") && each.isDeclaration()) addNamed(found, each);
  }
  return [...found.values()].filter(({ options, parents }) => options.length > 0 || parents.size > 0);
}

/**
 * @param {Map<string, OptionType>} found
 * @param {import("typedoc").DeclarationReflection} declaration an interface or the name of a type
 */
function addNamed(found, declaration) {
  const module = moduleOf(declaration);
  const id = `${module} ${declaration.name}`;
  if (found.has(id) || obtained.has(declaration.name) || isContract(declaration)) return;
  /** @type {OptionType} */
  const type = { name: declaration.name, declaration, module, options: [], parents: new Set() };
  found.set(id, type);
  for (const property of declaration.children ?? []) addOption(found, type, property);
  if (declaration.type !== undefined) addType(found, type, declaration.type);
}

/**
 * Adds what a type says to the options of another, or the type itself where it has a name.
 *
 * @param {Map<string, OptionType>} found
 * @param {OptionType} owner
 * @param {import("typedoc").SomeType} type
 */
function addType(found, owner, type) {
  if (type.type === "intersection" || type.type === "union") {
    for (const part of type.types) addType(found, owner, part);
  } else if (type.type === "array") {
    addType(found, owner, type.elementType);
  } else if (type.type === "typeOperator") {
    addType(found, owner, type.target);
  } else if (type.type === "reflection") {
    for (const property of type.declaration.children ?? []) addOption(found, owner, property);
  } else if (type.type === "reference") {
    if (type.package === "typescript")
      for (const part of type.typeArguments ?? []) addType(found, owner, part);
    const { reflection } = type;
    if (
      reflection?.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias) &&
      reflection.isDeclaration()
    ) {
      owner.parents.add(reflection);
      addNamed(found, reflection);
    }
  }
}

/**
 * @param {Map<string, OptionType>} found
 * @param {OptionType} owner
 * @param {import("typedoc").DeclarationReflection} declaration
 */
function addOption(found, owner, declaration) {
  const [source] = declaration.sources ?? [];
  if (source === undefined || !source.fileName.startsWith("packages/")) return;
  const parent = declaration.inheritedFrom?.reflection?.parent;
  if (parent?.isDeclaration()) {
    owner.parents.add(parent);
    addNamed(found, parent);
    return;
  }
  const key = declarationKey(source.fileName, source.line, declaration.name);
  if (owner.options.some((option) => option.declaration.name === declaration.name)) return;
  owner.options.push({ declaration, key });
  if (declaration.type === undefined) return;
  const name = `${owner.name}.${declaration.name}`;
  /** @type {OptionType} */
  const inner = { name, declaration: undefined, module: owner.module, options: [], parents: new Set() };
  addType(found, inner, declaration.type);
  if (inner.options.length > 0) found.set(`${owner.module} ${name}`, inner);
}

/**
 * Whether others implement the type: its values do something, so what it has is not an option.
 *
 * @param {import("typedoc").DeclarationReflection} declaration
 */
function isContract({ children = [], signatures = [] }) {
  return signatures.length > 0 || children.some((child) => child.kindOf(ReflectionKind.Method));
}

/** @param {import("typedoc").Reflection} reflection */
function moduleOf(reflection) {
  let { parent } = reflection;
  while (parent !== undefined && !parent.kindOf(ReflectionKind.Module)) parent = parent.parent;
  return parent?.name ?? "";
}
