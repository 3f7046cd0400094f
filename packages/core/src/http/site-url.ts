import { optionError } from "../errors/option-error.ts";
import { requireUnquoted } from "../support/check.ts";
import { warn } from "../support/warn.ts";

/** Longer ones are no addresses, and the rules below need not be fast for them. */
const longestSiteUrl = 2000;

/**
 * Turns a `siteUrl` into the address that paths are appended to.
 *
 * A trailing `/`, `/api` or `/api/v3` is dropped, a missing scheme means `https://`. What may hold a password is not
 * repeated in an error.
 */
export function normalizeSiteUrl(option: string, value: unknown): string {
  const text = requireUnquoted(option, value).trim();
  if (text.length > longestSiteUrl)
    throw optionError(option, `must have at most ${longestSiteUrl} characters`);
  const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url?.username || url?.password || text.includes("@")) {
    throw optionError(option, "must not hold a user name or password");
  }
  if (/[?#]/.test(text)) throw optionError(option, "must have no query and no fragment");
  if (!url) throw optionError(option, 'must be a URL such as "https://app.infisical.com"', value);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw optionError(option, "must begin with https:// or http://", value);
  }
  const path = url.pathname.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  return url.origin + path.replace(/\/api(?:\/v\d+)?$/, "");
}

/** Warns when credentials would cross a network in the clear. */
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
