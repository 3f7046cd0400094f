import { optionError, readOption, unreadable } from "../errors/make-error.ts";
import { assertSignal, type OptionRule, requireText } from "./check.ts";
import { similarOption } from "./similar-option.ts";
import { parseTimeout } from "./time.ts";

/** The options of a call with their rules. A name that ends with `?` stands for an option that may be left out. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

const forEveryCall: OptionRules = { "signal?": requireSignal, "timeout?": parseTimeout };

interface KnownOption {
  readonly key: string;
  readonly optional: boolean;
  readonly rule: OptionRule;
}

/** The options of calls by their rules, parsed once: a read from a cache does little more than check options. */
const ofCalls: WeakMap<OptionRules, readonly KnownOption[]> = new WeakMap();

/**
 * Checks the options of a call, `signal` and `timeout` among them, and returns those that were given.
 *
 * Only the object's own properties count. One that is `undefined` counts as missing; one without a rule is an error that
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
  return parseFields("", options, knownOfCall(rules)) as Options;
}

/** The two arguments of a call, for `parseCallArguments`. */
export interface CallArguments<Options extends object> {
  /** The call's name. */
  readonly call: string;
  /** The name of the first argument. */
  readonly name: string;
  /** The first argument, whatever was passed. */
  readonly value: unknown;
  /** The first argument's rule. Defaults to `requireText`. */
  readonly rule?: OptionRule;
  /** The second argument, whatever was passed. */
  readonly options: Options;
}

/**
 * Checks a call of two arguments: a name or an id, and options. Somebody who passes one object gets an error that has the form
 * of the call.
 *
 * @param given - The arguments.
 * @param rules - The rules of the options, as for `parseCallOptions`.
 * @returns The first argument as its rule returned it, and the options as `parseCallOptions` returns them.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an argument breaks a rule.
 *
 * @example
 * import { parseCallArguments, requireText } from "@infisical/core/authoring";
 * const removeTag = (name: string, options: { projectId: string }) =>
 *   parseCallArguments({ call: "removeTag", name: "name", value: name, options }, { projectId: requireText });
 * removeTag("old", { projectId: "p1" }); // ["old", { projectId: "p1" }]
 */
export function parseCallArguments<Options extends object>(
  given: CallArguments<Options>,
  rules: OptionRules,
): readonly [string, Options] {
  const { call, name, value, rule = requireText, options } = given;
  const form = `argument of ${call}(${name}, options)`;
  if (typeof value !== "string") {
    throw optionError(name, `must be a non-empty string, the first ${form}`, value);
  }
  const first = rule(name, value) as string;
  if (typeof options !== "object" || options === null) {
    const known = knownOfCall(rules);
    // Options that can all be left out.
    if (options !== undefined || known.some(({ optional }) => !optional)) {
      throw optionError("options", `must be ${fieldsText(known)}, the second ${form}`, options);
    }
  } else if (readOption(name, () => Object.hasOwn(options, name))) {
    throw optionError(name, `is not an option but the first ${form}`);
  }
  return [first, parseCallOptions(options, rules)];
}

function knownOfCall(rules: OptionRules): readonly KnownOption[] {
  let known = ofCalls.get(rules);
  if (!known) {
    known = knownOptions({ ...rules, ...forEveryCall });
    ofCalls.set(rules, known);
  }
  return known;
}

/**
 * Creates the rule for an option that is an object.
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
  // Without inherited properties, so that an option that was not given is not inherited either.
  const parsed: Record<string, unknown> = Object.create(nothing);
  let reading = whole;
  try {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      if (given === undefined && option === "" && known.every(({ optional }) => optional)) return parsed;
      throw optionError(whole, `must be ${fieldsText(known)}`, given);
    }
    const source = given as Record<string, unknown>;
    for (const { key, optional, rule } of known) {
      reading = prefix + key;
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      // A name that is only misspelt is what has to be told.
      if (value === undefined && !optional) assertKnown(prefix, source, known);
      if (value !== undefined || !optional) parsed[key] = rule(reading, value);
    }
    reading = whole;
    for (const key of Object.keys(source)) {
      if (!(key in parsed) && source[key] !== undefined) throw unknownOption(prefix, key, names(known));
    }
    return parsed;
  } catch (error) {
    throw unreadable(reading, error);
  }
}

function assertKnown(prefix: string, source: Record<string, unknown>, known: readonly KnownOption[]): void {
  const unknown = Object.keys(source).find(
    (key) => source[key] !== undefined && !known.some((each) => each.key === key),
  );
  if (unknown !== undefined) throw unknownOption(prefix, unknown, names(known));
}

/** The error for an option that does not exist; it names the most similar one, or all. */
export function unknownOption(prefix: string, key: string, known: readonly string[]): unknown {
  const similar = similarOption(key, known);
  const all = known.length === 0 ? "there are none" : `the options are ${known.join(", ")}`;
  const advice = similar === undefined ? `; ${all}` : `; did you mean ${prefix}${similar}?`;
  return optionError(prefix + shortened(key), `is not an option${advice}`);
}

/** The kind of object that has these options, the required ones first. */
function fieldsText(known: readonly KnownOption[]): string {
  if (known.length === 0) return "an empty object";
  const [required, optional] = [false, true].map((kind) =>
    names(known.filter((each) => each.optional === kind)),
  );
  const all = [required, optional].filter((list) => list?.length).map((list) => list?.join(", "));
  return `an object with ${all.join(", and optionally ")}`;
}

function names(known: readonly KnownOption[]): readonly string[] {
  return known.map(({ key }) => key);
}

function shortened(key: string): string {
  // What is longer than any option is a value, perhaps a token.
  return key.length > 40 ? `${key.slice(0, 20)}…` : key;
}

/** The prototype of objects without inherited properties. Engines look fields up slowly in objects without a prototype. */
const nothing: object = Object.freeze(Object.create(null));

/**
 * Copies an object's own properties into one that inherits nothing, so that a property that somebody added to all
 * objects is not mistaken for an option.
 *
 * @param value - The object.
 * @returns The copy. Spreading it into another object makes that one inherit again.
 *
 * @example
 * import { own } from "@infisical/core/authoring";
 * const { recursive } = own({ path: "/" } as { path: string; recursive?: boolean }); // undefined, whatever all objects have
 */
export function own<Value extends object>(value: Value): Value {
  return { __proto__: nothing, ...value } as Value;
}
