import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { githubSlug } from "../../scripts/github-slug.mjs";
import { commentText, defaultText } from "./comment-text.mjs";

/**
 * @typedef {import("./find-options.mjs").OptionType} OptionType
 * @typedef {import("./find-options.mjs").Option} Option
 * @typedef {ReadonlyMap<string, readonly import("./find-uses.mjs").Use[]>} Uses
 */

/**
 * Writes a page of options for each package, and one that lists them.
 *
 * @param {string} folder
 * @param {readonly string[]} packages the names of their folders
 * @param {readonly OptionType[]} types
 * @param {Uses} uses where the examples set each option
 */
export function writeOptions(folder, packages, types, uses) {
  mkdirSync(folder, { recursive: true });
  const lists = packages.map((name) => {
    const own = types.filter(({ module }) => packageOf(module) === name);
    const sections = own.map((type) => section(type, types, uses));
    const text =
      sections.length > 0 ? sections.join("\n\n") : "This package does not have options of its own.";
    writeFileSync(
      join(folder, `${name}.md`),
      `# Options of @infisical/${name}\n\nWhat [the package](/packages/${name}/) takes.\n\n${text}\n`,
    );
    const links = own.filter(({ declaration }) => declaration !== undefined).map(link);
    return `## @infisical/${name}\n\n${links.length > 0 ? links.join(", ") : "None of its own."}`;
  });
  const lead = "Every option of every function and method, with its type, its default and an example.";
  writeFileSync(join(folder, "README.md"), `# Options\n\n${lead}\n\n${lists.join("\n\n")}\n`);
}

/**
 * Names the options that no example sets.
 *
 * @param {readonly OptionType[]} types
 * @param {Uses} uses
 * @returns {string[]} such as `@infisical/core: RetryOptions.limit`
 */
export function withoutExample(types, uses) {
  return types.flatMap(({ module, name, options }) =>
    options
      .filter(({ key }) => !uses.has(key))
      .map(({ declaration }) => `${module}: ${name}.${declaration.name}`),
  );
}

/**
 * @param {OptionType} type
 * @param {readonly OptionType[]} types
 * @param {Uses} uses
 */
function section({ name, declaration, module, options, parents }, types, uses) {
  const reference = `[\`${module}\`](/api/${module}.html${declaration ? `#${githubSlug(name)}` : ""})`;
  const inherited = types.filter((type) => type.declaration !== undefined && parents.has(type.declaration));
  return [
    `## ${name}`,
    `From ${reference}. ${commentText(declaration?.comment)}`,
    ...options.map((option) => entry(option, uses)),
    ...(inherited.length > 0 ? [`It also has the options of ${inherited.map(link).join(" and ")}.`] : []),
  ].join("\n\n");
}

/**
 * @param {Option} option
 * @param {Uses} uses
 */
function entry({ declaration, key }, uses) {
  const { name, type, comment, flags } = declaration;
  const [use] = [...(uses.get(key) ?? [])].sort((one, other) => one.code.length - other.code.length);
  const initial = defaultText(comment);
  const facts = [
    `\`${(type?.toString() ?? "unknown").replaceAll(/\s+/g, " ")}\``,
    flags.isOptional ? "optional" : "required",
    ...(initial === undefined ? [] : [`default: ${initial}`]),
  ];
  return [
    `### ${name}`,
    facts.join(", "),
    commentText(comment),
    ...(use === undefined ? [] : [`\`\`\`ts\n${use.code}\n\`\`\``]),
  ].join("\n\n");
}

/** @param {OptionType} type */
function link({ name, module }) {
  return `[\`${name}\`](/options/${packageOf(module)}.html#${githubSlug(name)})`;
}

/** @param {string} module such as `@infisical/core/ky` */
function packageOf(module) {
  return module.split("/")[1] ?? "";
}
