import type { Call } from "../api/http.ts";

/** How a request is refused. */
export interface Refusal {
  readonly status: 403 | 415;
  readonly message: string;
}

/**
 * Why a request does not come from the page itself; `undefined` if it does.
 *
 * Every web page can make a browser of this machine send requests here. What it cannot do is choose their `Origin` and
 * `Sec-Fetch-Site`, or send JSON elsewhere without being asked first. That the `Host` is a loopback one is known already.
 */
export function refusalOf(call: Call): Refusal | undefined {
  const { method, headers } = call;
  const { host = "", origin, "sec-fetch-site": site } = headers;
  const isChange = method !== "GET" && method !== "HEAD";
  if (!isOwnSite(site) && !(isNavigation(call) && !isChange)) {
    return refused(`sec-fetch-site must be same-origin, got "${site}"`);
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return refused(`origin must be "http://${host}", got "${origin}"`);
  }
  if (!isChange) return undefined;
  if (origin === undefined) return refused(`origin must be "http://${host}", got none`);
  const type = headers["content-type"] ?? "";
  if (/^application\/json(?:\s*;|$)/i.test(type)) return undefined;
  return { status: 415, message: `content-type must be application/json, got "${type}"` };
}

/** Whether the browser says that the request comes from the page, or from the person. Other programs say nothing. */
function isOwnSite(site: string | undefined): boolean {
  return site === undefined || site === "same-origin" || site === "none";
}

/** Whether somebody follows a link to the page, in a window of its own. */
function isNavigation({ path, headers }: Call): boolean {
  return path === "/" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}

function refused(message: string): Refusal {
  return { status: 403, message };
}
