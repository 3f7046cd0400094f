import { optionError } from "../errors/make-error.ts";
import { readVariable } from "./environment.ts";

/**
 * Checks one option and returns it, normalized if the rule says so. `requireText` and `folderPath` are rules.
 *
 * @param option - The option's name, for the error.
 * @param value - The option; never `undefined` where it may be left out.
 * @returns The option.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it breaks the rule.
 */
export type OptionRule = (option: string, value: unknown) => unknown;

/**
 * Checks an option that must be a non-empty string.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The option.
 * @param variable - The environment variable that usually holds it; the error then names the variable and does not
 * repeat the value, which may be a credential. Defaults to none.
 * @returns The text, unchanged.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, or it is only white space.
 *
 * @example
 * import { requireText } from "@infisical/core/authoring";
 * requireText("clientId", "4fd1", "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID"); // "4fd1"
 */
export function requireText(option: string, value: unknown, variable?: string): string {
  if (typeof value === "string" && value.trim() !== "") {
    if (!/\p{Cs}/u.test(value)) return value;
    throw optionError(option, "must be well-formed Unicode: it contains half a character");
  }
  if (variable === undefined) throw optionError(option, "must be a non-empty string", value);
  throw optionError(option, `must be a non-empty string (usually from the variable ${variable})`);
}

/**
 * Checks an option that must be a non-empty string without quotation marks around it: a credential, an id, an address.
 *
 * `docker --env-file` and some shells leave the quotation marks of a `.env` file in the value.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The option.
 * @param variable - The environment variable that usually holds it, which the error then names. Defaults to none.
 * @returns The text, unchanged.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, it is only white space, or it is in quotation
 * marks. The message does not repeat a value in quotation marks.
 *
 * @example
 * import { requireUnquoted } from "@infisical/core/authoring";
 * requireUnquoted("clientId", "4fd1", "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID"); // "4fd1"
 */
export function requireUnquoted(option: string, value: unknown, variable?: string): string {
  const text = requireText(option, value, variable);
  if (!/^["'`“‘][\s\S]*["'`”’]$/.test(text.trim())) return text;
  const where = variable === undefined ? "" : ` (usually from the variable ${variable})`;
  throw optionError(
    option,
    `must not be in quotation marks${where}; docker --env-file keeps those of the file, so remove them there`,
  );
}

const identityIdVariable = "INFISICAL_MACHINE_IDENTITY_ID";

/**
 * Checks the option `identityId`, which the variable `INFISICAL_MACHINE_IDENTITY_ID` replaces if it is omitted.
 *
 * @param option - The option's name, for the error.
 * @param value - The option; `undefined` for the variable.
 * @returns The id.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: there is none, or it is in quotation marks.
 *
 * @example
 * import { fieldsOf, identityIdOrVariable } from "@infisical/core/authoring";
 * const parse = fieldsOf({ identityId: identityIdOrVariable });
 * parse("", { identityId: "an-identity" }); // { identityId: "an-identity" }
 */
export function identityIdOrVariable(option: string, value: unknown): string {
  if (value !== undefined) return requireUnquoted(option, value);
  const identityId = readVariable(identityIdVariable);
  if (identityId !== undefined) return requireUnquoted(option, identityId, identityIdVariable);
  throw optionError(
    option,
    `must be a non-empty string; if it is omitted, ${identityIdVariable} must be set`,
  );
}

/**
 * Checks the path of a folder, and returns it as servers know it.
 *
 * A missing leading `/` is added: servers do not find a folder by a path without it, and say so only on writes.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The path; white space around it is dropped.
 * @returns The path, which starts with `/`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, or contains an empty part, `.` or `..`.
 *
 * @example
 * import { folderPath } from "@infisical/core/authoring";
 * folderPath("secretPath", "app/db"); // "/app/db"
 */
export function folderPath(option: string, value: unknown): string {
  const text = requireText(option, value).trim();
  const rooted = text.startsWith("/") ? text : `/${text}`;
  if (!/\/\/|\/\.{1,2}(?:\/|$)/.test(rooted)) return rooted;
  throw optionError(option, 'must have no empty part, "." or ".." between its slashes', value);
}

/**
 * Checks the option `organizationSlug`, which the server accepts with every login.
 *
 * @param slug - The slug of the sub-organization to act in; `undefined` for the identity's own organization.
 * @returns The slug, unchanged.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a slug.
 *
 * @example
 * import { parseOrganizationSlug } from "@infisical/core/authoring";
 * parseOrganizationSlug("team-a"); // "team-a"
 */
export function parseOrganizationSlug(slug: string | undefined): string | undefined {
  if (slug === undefined || (typeof slug === "string" && /^[a-z\d-]{1,32}$/.test(slug))) return slug;
  // A longer text may be a credential that was passed by mistake.
  const shown = typeof slug === "string" && slug !== "" ? undefined : slug;
  throw optionError("organizationSlug", "must be 1 to 32 lower-case letters, digits or hyphens", shown);
}

/**
 * Checks the option `signal` of a call: a controller passed instead of its signal would end nothing.
 *
 * @param signal - The signal; `undefined` for none.
 * @param option - The option's name, for the error. Defaults to `signal`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not an AbortSignal.
 *
 * @example
 * import { assertSignal } from "@infisical/core/authoring";
 * assertSignal(new AbortController().signal);
 */
export function assertSignal(signal: AbortSignal | undefined, option = "signal"): void {
  if (signal === undefined || signal === null) return;
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  const isSignal = typeof addEventListener === "function" && typeof removeEventListener === "function";
  if (isSignal && typeof aborted === "boolean") return;
  throw optionError(option, "must be an AbortSignal, such as a controller's `signal`", signal);
}

/**
 * Creates the rule for an option that is a list.
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
 * Creates the rule for an option that is one of a few strings.
 *
 * @param values - The strings.
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
 * Checks an option that is a string, which can be empty: a description, a comment, a colour.
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
 * Requires an option to be a function.
 *
 * @param option - The option's name, for the error.
 * @param value - The option's value.
 * @returns The function.
 * @throws {@link InfisicalSDKError} `INVALID_OPTION`: the value is not a function.
 *
 * @example
 * import { parseCallOptions, requireFunction } from "@infisical/core/authoring";
 * parseCallOptions({ onError: console.error }, { "onError?": requireFunction });
 */
export function requireFunction(option: string, value: unknown): unknown {
  if (typeof value === "function") return value;
  throw optionError(option, "must be a function", value);
}

/**
 * Creates the rule for an option that is a whole number.
 *
 * @param least - The smallest allowed number.
 * @param most - The largest allowed number. By default, any that JavaScript counts exactly.
 * @returns The rule.
 *
 * @example
 * import { integerFrom, parseCallOptions } from "@infisical/core/authoring";
 * parseCallOptions({ limit: 20 }, { "limit?": integerFrom(1, 100) });
 */
export function integerFrom(least: number, most: number = Number.MAX_SAFE_INTEGER): OptionRule {
  return (option, value) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      throw optionError(option, `must be a whole number of at least ${least}`, value);
    }
    if ((value as number) > most) throw optionError(option, `must be at most ${most}`, value);
    return value;
  };
}
