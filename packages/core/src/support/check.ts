import { optionError } from "../errors/option-error.ts";

/**
 * Checks an option that must be a text.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The option.
 * @param variable - The environment variable that usually holds it; the error then names the variable and does not
 * repeat the value, which may be a credential. Defaults to none.
 * @returns The text, as it was given.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, or there is nothing but white space in it.
 *
 * @example
 * import { requireText } from "@infisical/core/authoring";
 * requireText("clientId", "4fd1", "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID"); // "4fd1"
 */
export function requireText(option: string, value: unknown, variable?: string): string {
  if (typeof value === "string" && value.trim() !== "") {
    if (!/\p{Cs}/u.test(value)) return value;
    throw optionError(option, "must be well-formed Unicode: it holds half a character");
  }
  if (variable === undefined) throw optionError(option, "must be a non-empty string", value);
  throw optionError(option, `must be a non-empty string (usually from the variable ${variable})`);
}

/**
 * Checks an option that must be a text and has no quotation marks around it: a credential, an id, an address.
 *
 * `docker --env-file` and some shells leave the marks of a `.env` file in the value.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The option.
 * @param variable - The environment variable that usually holds it, which the error then names. Defaults to none.
 * @returns The text, as it was given.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, there is nothing but white space in it, or it is
 * in quotation marks. The message does not repeat a value in quotation marks.
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

/**
 * Checks the path of a folder, and returns it as servers know it.
 *
 * A missing `/` in front is added: servers find no folder by a path without it, and say so only on writes.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The path; white space around it is dropped.
 * @returns The path, which starts with `/`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a text, or has an empty part, `.` or `..` in it.
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
 * Checks the option `organizationSlug`, which the server takes with every login.
 *
 * @param slug - The slug of the sub-organization to act in; `undefined` for the identity's own organization.
 * @returns The slug, as it was given.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be a slug.
 *
 * @example
 * import { parseOrganizationSlug } from "@infisical/core/authoring";
 * parseOrganizationSlug("team-a"); // "team-a"
 */
export function parseOrganizationSlug(slug: string | undefined): string | undefined {
  if (slug === undefined || (typeof slug === "string" && /^[a-z\d-]{1,32}$/.test(slug))) return slug;
  throw optionError("organizationSlug", "must be 1 to 32 lower-case letters, digits or hyphens", slug);
}

/**
 * Checks the option `signal` of a call: a controller in place of its signal would end nothing.
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
