import { content, count, DeclarationError, list, object, path, refuseTwins, some, text } from "./checks.mjs";

/**
 * What a project is to be.
 *
 * @typedef {object} Declaration
 * @property {string} name
 * @property {string} slug
 * @property {readonly { readonly slug: string, readonly name: string }[]} environments
 * @property {readonly { readonly slug: string, readonly color: string }[]} tags
 * @property {readonly string[]} folders paths, in every environment
 * @property {readonly DeclaredImport[]} imports
 * @property {readonly DeclaredSecret[]} secrets
 *
 * @typedef {{ readonly into: string, readonly from: string, readonly environments: readonly string[] }} DeclaredImport
 *
 * @typedef {object} DeclaredSecret
 * @property {string} path
 * @property {string} name
 * @property {string | undefined} value `undefined` where it is to be generated
 * @property {number} generate the number of random bytes, where there is no value
 * @property {readonly string[] | undefined} tags `undefined` leaves them as they are
 * @property {string | undefined} comment `undefined` leaves it as it is
 * @property {readonly string[]} environments
 *
 * @typedef {Readonly<Record<string, string | undefined>>} Variables
 */

/**
 * Reads a declaration, and takes the values that it leaves to environment variables from there.
 *
 * @param {unknown} json
 * @param {Variables} variables
 * @returns {Declaration}
 */
export function readDeclaration(json, variables) {
  const { name, slug, ...lists } = object("the declaration", json);
  const environments = list("environments", lists["environments"]).map(({ at, value }) => {
    const { slug, name } = object(at, value);
    return { slug: text(`${at}.slug`, slug), name: text(`${at}.name`, name) };
  });
  const tags = list("tags", lists["tags"]).map(({ at, value }) => {
    const { slug, color = "" } = object(at, value);
    return { slug: text(`${at}.slug`, slug), color: text(`${at}.color`, color, { empty: true }) };
  });
  const known = { environments: environments.map(({ slug }) => slug), tags: tags.map(({ slug }) => slug) };
  const imports = list("imports", lists["imports"]).map(({ at, value }) => {
    const { into, from, environments: where } = object(at, value);
    const place = { into: path(`${at}.into`, into), from: path(`${at}.from`, from) };
    return { ...place, environments: some(`${at}.environments`, where, known.environments) };
  });
  const secrets = list("secrets", lists["secrets"]).map(({ at, value }) => {
    const { path: where = "/", name, environments, tags, comment, ...source } = object(at, value);
    return {
      path: path(`${at}.path`, where),
      name: text(`${at}.name`, name),
      ...readSource(at, source, variables),
      tags: tags === undefined ? undefined : some(`${at}.tags`, tags, known.tags),
      comment: comment === undefined ? undefined : text(`${at}.comment`, comment, { empty: true }),
      environments: some(`${at}.environments`, environments, known.environments),
    };
  });
  refuseTwins("environments", known.environments);
  refuseTwins("tags", known.tags);
  refuseTwins(
    "imports",
    imports.flatMap(({ environments, into, from }) =>
      environments.map((slug) => `${slug}:${from} into ${into}`),
    ),
  );
  refuseTwins(
    "secrets",
    secrets.flatMap(({ environments, path, name }) => environments.map((slug) => `${slug}:${path} ${name}`)),
  );
  return {
    name: text("name", name),
    slug: text("slug", slug),
    environments,
    tags,
    folders: list("folders", lists["folders"]).map(({ at, value }) => path(at, value)),
    imports,
    secrets,
  };
}

/**
 * Reads where the value of a secret comes from.
 *
 * @param {string} at
 * @param {Record<string, unknown>} source
 * @param {Variables} variables
 * @returns {Pick<DeclaredSecret, "value" | "generate">}
 */
function readSource(at, { value, variable, generate, ...rest }, variables) {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new DeclarationError(`${at}.${unknown} is unknown.`);
  if ([value, variable, generate].filter((source) => source !== undefined).length !== 1) {
    throw new DeclarationError(`${at} must have one of value, variable and generate.`);
  }
  if (value !== undefined) return { value: content(`${at}.value`, value), generate: 0 };
  if (variable === undefined) return { value: undefined, generate: count(`${at}.generate`, generate) };
  const held = variables[text(`${at}.variable`, variable)];
  if (held === undefined) throw new DeclarationError(`${at}.variable: ${variable} is not set.`);
  return { value: held, generate: 0 };
}
