import {
  fieldsOf,
  folderPath,
  listOf,
  type OptionRule,
  type OptionRules,
  optionError,
  requireText,
  toMilliseconds,
} from "@infisical/core/authoring";

/** The shortest TTL that a server takes, in milliseconds. */
export const shortestTtl = 60_000;

/** The longest one, as the server counts: ten times 365.25 days. */
export const longestTtl = 315_576_000_000;

/** Where dynamic secrets are. */
export const place: OptionRules = {
  projectSlug: requireText,
  environmentSlug: requireText,
  "path?": folderPath,
};

/** What a lease is taken with. */
export const leaseTaking: OptionRules = {
  ...place,
  dynamicSecretName: requireText,
  "provider?": requireText,
  "ttl?": ttl,
  "config?": anyObject,
};

/**
 * Checks a TTL by the server's own bounds and returns it as a string that the server can read.
 *
 * A server takes any text when a dynamic secret is made, and fails with a 500 when it is leased.
 */
export function ttl(option: string, value: unknown): string {
  const milliseconds = toMilliseconds(option, value);
  if (milliseconds < shortestTtl) throw optionError(option, "must be at least 1 minute", value);
  if (milliseconds > longestTtl) throw optionError(option, "must be at most 10 years", value);
  return String(value).trim();
}

/** Makes a rule that takes `null` as well. */
export function orNull(rule: OptionRule): OptionRule {
  return (option, value) => (value === null ? null : rule(option, value));
}

/** Checks an object whose fields are the server's to judge. Values are never repeated. */
export function anyObject(option: string, value: unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw optionError(option, "must be an object");
  return asJson(option, value);
}

/** What JSON makes of an object. What it would lose on the way, or turn into `null`, is an error. */
function asJson(option: string, value: object): object {
  const check = function (this: unknown, key: string, each: unknown): unknown {
    const isLost = each === undefined ? Array.isArray(this) : each === null && Object(this)[key] !== null;
    const isJson = typeof each === "object" || typeof each === "string" || typeof each === "boolean";
    const isList = Array.isArray(each) || !(Symbol.iterator in Object(each)) || typeof each === "string";
    if (!isLost && isList && (isJson || each === undefined || Number.isFinite(each))) return each;
    throw optionError(`${option}.${key}`, "must be what JSON can hold");
  };
  return JSON.parse(JSON.stringify(value, check));
}

/** Checks a text that may be empty. */
export function anyText(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw optionError(option, "must be a string", value);
}

/** Checks a function that is called later. */
export function callback(option: string, value: unknown): unknown {
  if (typeof value === "function") return value;
  throw optionError(option, "must be a function", value);
}

/** Checks that a provider has a type and inputs; which ones it needs is the server's to say. */
export const providerWithInputs: OptionRule = fieldsOf({ type: requireText, inputs: anyObject });

const listOfEntries = listOf(fieldsOf({ key: requireText, value: anyText }));

/** Checks metadata and returns it as the server wants it: a list of entries. */
export function metadataEntries(option: string, value: unknown): unknown {
  if (Array.isArray(value)) return listOfEntries(option, value);
  return Object.entries(anyObject(option, value)).map(([key, each]) => ({
    key,
    value: anyText(
      `${option}.${key}`,
      typeof each === "number" || typeof each === "boolean" ? `${each}` : each,
    ),
  }));
}
