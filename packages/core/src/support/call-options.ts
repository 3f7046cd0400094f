import { optionError, unreadable } from "../errors/option-error.ts";
import { assertSignal } from "./check.ts";
import { parseTimeout } from "./duration.ts";
import { mostSimilar } from "./similar.ts";

/**
 * Checks one option and returns it, completed where the rule says so. `requireText` and `folderPath` are such rules.
 *
 * @param option - The option's name, for the error.
 * @param value - The option; never `undefined` where it may be left out.
 * @returns The option.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it breaks the rule.
 */
export type OptionRule = (option: string, value: unknown) => unknown;

/** The options of a call with their rules. A name that ends with `?` stands for an option that may be left out. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

const forEveryCall: OptionRules = { "signal?": requireSignal, "timeout?": parseTimeout };

interface KnownOption {
  readonly key: string;
  readonly optional: boolean;
  readonly rule: OptionRule;
}

/** The options of calls by their rules, taken apart once: a read from a cache does little else than check options. */
const ofCalls: WeakMap<OptionRules, readonly KnownOption[]> = new WeakMap();

/**
 * Checks the options of a call, `signal` and `timeout` among them, and returns those that were given.
 *
 * Only the object's own properties count. One that is `undefined` is not there; one without a rule is an error that
 * names the most similar option.
 *
 * @param options - What the caller passed, whatever it is.
 * @param rules - The call's own options.
 * @returns A new object with the options that were given, each as its rule returned it.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks its rule.
 *
 * @example
 * import { folderPath, parseCallOptions, requireText } from "@infisical/core/authoring";
 * const rules = { projectId: requireText, "path?": folderPath };
 * parseCallOptions({ projectId: "p1", path: "app" }, rules); // { projectId: "p1", path: "/app" }
 */
export function parseCallOptions<Options extends object>(options: Options, rules: OptionRules): Options {
  let known = ofCalls.get(rules);
  if (!known) {
    known = knownOptions({ ...rules, ...forEveryCall });
    ofCalls.set(rules, known);
  }
  return parseFields("", options, known) as Options;
}

/**
 * Makes the rule for an option that is an object with fields of its own.
 *
 * @param rules - The fields' rules, as for `parseCallOptions`.
 * @returns The rule.
 *
 * @example
 * import { fieldsOf, parseCallOptions, requireText } from "@infisical/core/authoring";
 * parseCallOptions({ owner: { name: "Ada" } }, { owner: fieldsOf({ name: requireText }) });
 */
export function fieldsOf(rules: OptionRules): OptionRule {
  const known = knownOptions(rules);
  return (option, value) => parseFields(option, value, known);
}

/**
 * Makes the rule for an option that is a list.
 *
 * @param rule - The rule for every item.
 * @returns The rule.
 *
 * @example
 * import { listOf, parseCallOptions, requireText } from "@infisical/core/authoring";
 * parseCallOptions({ tagSlugs: ["a", "b"] }, { "tagSlugs?": listOf(requireText) });
 */
export function listOf(rule: OptionRule): OptionRule {
  return (option, value) => {
    if (!Array.isArray(value)) throw optionError(option, "must be an array", value);
    return Array.from(value, (item, index) => rule(`${option}[${index}]`, item));
  };
}

/**
 * Makes the rule for an option that is one of a few texts.
 *
 * @param values - The texts.
 * @returns The rule.
 *
 * @example
 * import { oneOf, parseCallOptions } from "@infisical/core/authoring";
 * parseCallOptions({ type: "shared" }, { "type?": oneOf("shared", "personal") });
 */
export function oneOf(...values: readonly string[]): OptionRule {
  return (option, value) => {
    if (values.includes(value as string)) return value;
    throw optionError(option, `must be one of ${values.map((each) => `"${each}"`).join(", ")}`, value);
  };
}

/**
 * Checks an option that is `true` or `false`.
 *
 * @param option - The option's name, for the error.
 * @param value - The option.
 * @returns The option.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a boolean.
 *
 * @example
 * import { requireFlag } from "@infisical/core/authoring";
 * requireFlag("recursive", true); // true
 */
export function requireFlag(option: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw optionError(option, "must be true or false", value);
}

/**
 * Checks an option that is a string, and may be empty: a description, a comment, a colour.
 *
 * @param option - The option's name, for the error.
 * @param value - The option.
 * @returns The option.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string.
 *
 * @example
 * import { requireString } from "@infisical/core/authoring";
 * requireString("description", ""); // ""
 */
export function requireString(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw optionError(option, "must be a string", value);
}

/**
 * Makes the rule for an option that is a whole number.
 *
 * @param least - The least that it may be.
 * @returns The rule.
 *
 * @example
 * import { integerFrom, parseCallOptions } from "@infisical/core/authoring";
 * parseCallOptions({ limit: 20 }, { "limit?": integerFrom(1) });
 */
export function integerFrom(least: number): OptionRule {
  return (option, value) => {
    if (Number.isSafeInteger(value) && (value as number) >= least) return value;
    throw optionError(option, `must be a whole number of at least ${least}`, value);
  };
}

function requireSignal(option: string, value: unknown): unknown {
  assertSignal(value as AbortSignal, option);
  return value;
}

function knownOptions(rules: OptionRules): readonly KnownOption[] {
  return Object.entries(rules).map(([name, rule]) => {
    const optional = name.endsWith("?");
    return { key: optional ? name.slice(0, -1) : name, optional, rule };
  });
}

function parseFields(option: string, given: unknown, known: readonly KnownOption[]): Record<string, unknown> {
  const prefix = option === "" ? "" : `${option}.`;
  const whole = option || "options";
  // Whoever reads an option of it that was not given gets nothing that all objects inherit.
  const parsed: Record<string, unknown> = Object.create(null);
  let reading = whole;
  try {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      if (given === undefined && option === "" && known.every(({ optional }) => optional)) return parsed;
      // A text in the place of an object may be the credential or the secret's value that belongs into it.
      const shown = typeof given === "string" ? undefined : given;
      throw optionError(whole, `must be an object with ${listed(known)}`, shown);
    }
    const source = given as Record<string, unknown>;
    for (const { key, optional, rule } of known) {
      reading = prefix + key;
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      if (value !== undefined || !optional) parsed[key] = rule(reading, value);
    }
    reading = whole;
    for (const key of Object.keys(source)) {
      if (!(key in parsed) && source[key] !== undefined) throw unknownOption(prefix, key, known);
    }
    return parsed;
  } catch (error) {
    throw unreadable(reading, error);
  }
}

function unknownOption(prefix: string, key: string, known: readonly KnownOption[]): unknown {
  const similar = mostSimilar(
    key,
    known.map((each) => each.key),
  );
  const advice =
    similar === undefined ? `; there are ${listed(known)}` : `; did you mean ${prefix}${similar}?`;
  return optionError(prefix + shortened(key), `is not an option${advice}`);
}

function listed(known: readonly KnownOption[]): string {
  return known.map(({ key }) => key).join(", ");
}

function shortened(key: string): string {
  return key.length > 80 ? `${key.slice(0, 80)}…` : key;
}
