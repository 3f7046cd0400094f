import { InfisicalSDKError, type TokenSourceContext } from "@infisical/core";
import { optionError, requireText } from "@infisical/core/authoring";
import { readJwt } from "@infisical/core/logins";

/** The error of a platform that applies here, but has not provided a usable token. */
export function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}

/**
 * Returns a JWT without white space around it.
 *
 * @param where - What contained it, as the start of a sentence.
 * @throws {InfisicalSDKError} `AUTH_FAILED`: it is not a JWT. The message says what it is instead, without showing it.
 */
export function parseJwt(text: string, where: string): string {
  const token = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return token;
  throw refused(
    `${where} ${describeText(token)} instead of a JWT (three parts of base64url with dots in between).`,
  );
}

/** Says what a text is, without showing it. */
export function describeText(text: string): string {
  if (text === "") return "is empty";
  if (/^["'`]/.test(text)) return "contains text in quotation marks";
  if (text.startsWith("<")) return "contains a page";
  if (/^[[{]/.test(text)) return "contains JSON";
  return /\s/.test(text) ? "contains text with white space" : "contains other text";
}

/**
 * Reads a JWT from the value of a variable, which the platform sets once and never renews.
 *
 * @param renewal - How to get another token, as a sentence.
 * @throws {InfisicalSDKError} `AUTH_FAILED`: it is not a JWT, or has expired.
 */
export function parseVariable(
  value: string,
  name: string,
  context: Pick<TokenSourceContext, "now">,
  renewal: string,
): string {
  const token = parseJwt(value, `The variable ${name}`);
  const { exp } = readJwt(token).claims as { readonly exp?: unknown };
  const now = context.now?.() ?? Date.now();
  if (typeof exp !== "number" || exp * 1000 > now) return token;
  const ended = Math.abs(exp) <= 8.64e12 ? ` at ${new Date(exp * 1000).toISOString()}` : "";
  throw refused(
    `The token in the variable ${name} expired${ended}; it is ${new Date(now).toISOString()} by this machine's clock, ` +
      `which may be wrong. A variable is set once, so its token cannot be renewed. ${renewal}`,
  );
}

/** Checks an option that is the name of an environment variable. */
export function variableName(option: string, value: unknown): string {
  const name = requireText(option, value);
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  // A token that was passed by mistake is not repeated.
  throw optionError(
    option,
    "must be the name of an environment variable: letters, digits and _, not its value",
  );
}
