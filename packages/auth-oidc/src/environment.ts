import { fieldsOf, type OptionRules, readVariable, requireUnquoted } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { refused } from "./read-token.ts";

/** Creates the check of a source's options. */
export function optionsOf<Options>(rules: OptionRules): (options: Options | undefined) => Options {
  const parse = fieldsOf(rules);
  return (options) => parse("", options) as Options;
}

/** Checks the options of a source that only accepts an audience. */
export const parseAudience: (options: { readonly audience?: string | undefined } | undefined) => {
  readonly audience?: string | undefined;
} = optionsOf({ "audience?": requireUnquoted });

/**
 * Reads variables that only together make a source applicable.
 *
 * @param cure - Why they may be missing, and what to write where, as sentences.
 * @throws {InfisicalSDKError} `TOKEN_UNAVAILABLE`: it names those that are missing.
 */
export function requireVariables<Name extends string>(
  names: readonly Name[],
  cure: string,
): Readonly<Record<Name, string>> {
  const values = names.map((name) => [name, readVariable(name)] as const);
  const missing = values.filter(([, value]) => !value).map(([name]) => name);
  if (missing.length === 0) return Object.fromEntries(values) as Record<Name, string>;
  const present = names.filter((name) => !missing.includes(name));
  const though = present.length === 0 ? "" : `, though ${present.join(" and ")} is`;
  const are = missing.length === 1 ? "is" : "are";
  throw tokenUnavailable(`${missing.join(" and ")} ${are} not set${though}. ${cure}`);
}

/** Parses an address from a variable. The message does not repeat it: it may contain a key. */
export function parseAddress(name: string, value: string): URL {
  const address = tryUrl(value);
  if (address && /^https?:$/.test(address.protocol) && address.username === "" && address.password === "")
    return address;
  throw refused(`The variable ${name} must be a URL that begins with http: or https:, without credentials.`);
}

function tryUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
