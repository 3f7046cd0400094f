import {
  fieldsOf,
  folderPath,
  listOf,
  type OptionRule,
  type OptionRules,
  optionError,
  requireFlag,
  requireFunction,
  requireText,
  toMilliseconds,
} from "@infisical/core/authoring";

/** The shortest TTL that a server accepts, in milliseconds. */
export const shortestTtl = 60_000;

/** The longest TTL, as the server computes it: ten times 365.25 days. */
export const longestTtl = 315_576_000_000;

/** The options of every call: the location. */
export const location: OptionRules = {
  projectSlug: requireText,
  environmentSlug: requireText,
  "path?": folderPath,
};

/** The options of a call about all leases of a dynamic secret. */
export const leaseListing: OptionRules = { ...location, dynamicSecretName: requireText };

/** The options of a new lease. */
export const leaseCreation: OptionRules = {
  ...location,
  dynamicSecretName: requireText,
  "provider?": requireText,
  "ttl?": ttl,
  "config?": anyObject,
};

/** The options of a renewal. */
export const leaseRenewal: OptionRules = { ...location, "ttl?": ttl };

/** The options of a lease in use. */
export const leaseUse: OptionRules = { ...leaseCreation, "onRevokeFailed?": requireFunction };

/** The options of a deletion, of a dynamic secret or of a lease. */
export const deletion: OptionRules = { ...location, "isForced?": requireFlag };

/** The options of a new dynamic secret. The server checks which inputs the provider needs. */
export const dynamicSecretCreation: OptionRules = {
  ...location,
  name: requireText,
  provider: fieldsOf({ type: requireText, inputs: anyObject }),
  defaultTTL: ttl,
  "maxTTL?": orNull(ttl),
  "metadata?": metadataEntries,
  "usernameTemplate?": anyText,
};

/** The options of a change to a dynamic secret. */
export const dynamicSecretUpdate: OptionRules = {
  ...location,
  "provider?": requireText,
  "inputs?": anyObject,
  "newName?": requireText,
  "defaultTTL?": ttl,
  "maxTTL?": orNull(ttl),
  "metadata?": metadataEntries,
  "usernameTemplate?": orNull(anyText),
};

/**
 * Checks a TTL against the server's own bounds and returns it as a string that the server can read.
 *
 * A server accepts any text for a dynamic secret, and fails with a 500 when a lease is created.
 */
function ttl(option: string, value: unknown): string {
  const milliseconds = toMilliseconds(option, value);
  if (milliseconds < shortestTtl) {
    throw optionError(
      option,
      'must be at least 1 minute, such as "60s": a number counts milliseconds',
      value,
    );
  }
  if (milliseconds > longestTtl) throw optionError(option, "must be at most 10 years", value);
  return String(value).trim();
}

/** Returns a rule that accepts `null` as well. */
function orNull(rule: OptionRule): OptionRule {
  return (option, value) => (value === null ? null : rule(option, value));
}

/** Checks an object whose fields the server checks. Errors never contain its values. */
function anyObject(option: string, value: unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw optionError(option, "must be an object");
  return asJson(option, value);
}

/** Returns an object as JSON represents it. A value that JSON would drop or turn into `null` is an error. */
function asJson(option: string, value: object): object {
  const check = function (this: unknown, key: string, each: unknown): unknown {
    const isLost = each === undefined ? Array.isArray(this) : each === null && Object(this)[key] !== null;
    const isJson = typeof each === "object" || typeof each === "string" || typeof each === "boolean";
    const isList = Array.isArray(each) || !(Symbol.iterator in Object(each)) || typeof each === "string";
    if (!isLost && isList && (isJson || each === undefined || Number.isFinite(each))) return each;
    throw optionError(`${option}.${key}`, "must be JSON-serializable");
  };
  return JSON.parse(JSON.stringify(value, check));
}

/** Checks a string, which can be empty. */
function anyText(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw optionError(option, "must be a string", value);
}

/**
 * Checks metadata and returns it in the form that the server expects: a list of entries, whose values are strings. Other
 * values of a record become JSON text; `null` is left out.
 */
function metadataEntries(option: string, value: unknown): unknown {
  if (Array.isArray(value)) return metadataList(option, value);
  return Object.entries(anyObject(option, value))
    .filter(([, each]) => each !== null)
    .map(([key, each]) => ({ key, value: typeof each === "string" ? each : JSON.stringify(each) }));
}

const metadataList = listOf(fieldsOf({ key: requireText, value: anyText }));
