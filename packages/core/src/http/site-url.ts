import { optionError } from "../errors/option-error.ts";
import { warn } from "../support/warn.ts";

/**
 * Turns a `siteUrl` into the address that paths are appended to.
 *
 * A trailing `/` or `/api` is dropped, a missing scheme means `https://`.
 */
export function normalizeSiteUrl(value: unknown): string {
  if (typeof value !== "string" || value.trim() === "") throw optionError("siteUrl", "must be a URL", value);
  const text = value.trim();
  const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  // A URL that may hold a password is not repeated in the message.
  if (url?.username || url?.password) throw optionError("siteUrl", "must not hold a user name or password");
  if (!url) throw optionError("siteUrl", 'must be a URL such as "https://app.infisical.com"', value);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw optionError("siteUrl", "must begin with https:// or http://", value);
  }
  if (/[?#]/.test(text)) throw optionError("siteUrl", "must have no query and no fragment");
  return (
    url.origin +
    url.pathname
      .replace(/\/+$/, "")
      .replace(/\/api$/, "")
      .replace(/\/+$/, "")
  );
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
