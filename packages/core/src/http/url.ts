import { optionError } from "../errors/make-error.ts";
import { requireUnquoted } from "../support/check.ts";
import { warn } from "../support/environment.ts";

/** Longer texts are not addresses, and the rules below need not be fast for them. */
const longestSiteUrl = 2000;

/**
 * Turns a `siteUrl`, or another option that is the address of a server, into the address that paths are appended to.
 *
 * A trailing `/`, `/api` or `/api/v3` is dropped, a missing scheme means `https://`.
 *
 * @param option - The option's name, for the error.
 * @param value - The option.
 * @returns The address, without a `/` at its end.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not such an address. The message does not repeat a value that may
 * contain a password.
 *
 * @example
 * import { normalizeSiteUrl } from "@infisical/core/authoring";
 * normalizeSiteUrl("loginUrl", "login.example.com/api"); // "https://login.example.com"
 */
export function normalizeSiteUrl(option: string, value: unknown): string {
  const text = requireUnquoted(option, value).trim();
  if (text.length > longestSiteUrl)
    throw optionError(option, `must have at most ${longestSiteUrl} characters`);
  const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (text.includes("@")) throw optionError(option, "must not contain a user name or password");
  if (/[?#]/.test(text)) throw optionError(option, "must not have a query or a fragment");
  if (!url) throw optionError(option, 'must be a URL such as "https://app.infisical.com"', value);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw optionError(option, "must begin with https:// or http://", value);
  }
  const path = url.pathname.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  return url.origin + path.replace(/\/api(?:\/v\d+)?$/, "");
}

/** Warns if credentials would cross a network unencrypted. */
export function warnAboutPlainHttp(siteUrl: string): void {
  if (!siteUrl.startsWith("http:") || isLoopback(siteUrl)) return;
  warn(
    "INFISICAL_PLAIN_HTTP",
    `siteUrl ${siteUrl} is not encrypted: credentials and secrets can be read on the way. Use https://.`,
  );
}

/** Whether requests to this address stay on the machine. */
function isLoopback(siteUrl: string): boolean {
  const { hostname } = new URL(siteUrl);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** One path parameter, written `{ secretName }` so that an error can name it. */
export type PathParameter = Readonly<Record<string, string>>;

/**
 * Builds a path whose segments no parameter can change.
 *
 * Every parameter is encoded. An empty one, `.` and `..` are refused, because no server can tell them from a shorter
 * path.
 *
 * @param literals - The fixed parts.
 * @param parameters - The parameters, each an object of one field: `${{ secretName }}`.
 * @returns The path.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: a parameter cannot be part of a path.
 *
 * @example
 * import { apiPath } from "@infisical/core/authoring";
 * apiPath`/api/v3/secrets/raw/${{ secretName: "a/b" }}`; // "/api/v3/secrets/raw/a%2Fb"
 */
export function apiPath(literals: TemplateStringsArray, ...parameters: readonly PathParameter[]): string {
  return literals.reduce((path, literal, index) => path + encode(parameters[index - 1]) + literal);
}

function encode(parameter: PathParameter | undefined): string {
  const [name = "path parameter"] = Object.keys(parameter ?? {});
  const value = parameter?.[name];
  if (typeof value !== "string" || value === "") throw optionError(name, "must be a non-empty string", value);
  if (value === "." || value === "..") throw optionError(name, 'must not be "." or ".."', value);
  try {
    return encodeURIComponent(value);
  } catch {
    throw optionError(name, "must be well-formed Unicode");
  }
}
