import { optionError, unreadable } from "../errors/make-error.ts";
import { assertSignal, type OptionRule } from "./check.ts";
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
  let known = ofCalls.get(rules);
  if (!known) {
    known = knownOptions({ ...rules, ...forEveryCall });
    ofCalls.set(rules, known);
  }
  return parseFields("", options, known) as Options;
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
      // A string passed instead of an object might be the credential or the secret's value that belongs in it.
      const shown = typeof given === "string" ? undefined : given;
      const fields = known.length === 0 ? "an empty object" : `an object with ${names(known).join(", ")}`;
      throw optionError(whole, `must be ${fields}`, shown);
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
  const similar = mostSimilar(key, known);
  const all = known.length === 0 ? "there are none" : `the options are ${known.join(", ")}`;
  const advice = similar === undefined ? `; ${all}` : `; did you mean ${prefix}${similar}?`;
  return optionError(prefix + shortened(key), `is not an option${advice}`);
}

function names(known: readonly KnownOption[]): readonly string[] {
  return known.map(({ key }) => key);
}

function shortened(key: string): string {
  // What is longer than any option is a value, perhaps a token.
  return key.length > 40 ? `${key.slice(0, 20)}…` : key;
}

/** The name that somebody probably meant who wrote another one; `undefined` if none is close. */
function mostSimilar(written: string, names: readonly string[]): string | undefined {
  if (written.length > 40) return undefined;
  let best: string | undefined;
  let fewest = Math.floor(written.length / 3) + 1;
  for (const name of names) {
    const edits = distance(written.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/** How many letters must be added, dropped or replaced. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
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
