import { optionError } from "../errors/option-error.ts";
import type { HttpRequest } from "../http-client.ts";

/** The address without its query, for errors and logs. */
export function bareUrl(siteUrl: string, path: string): string {
  return siteUrl + checkedPath(path);
}

/** The query with its question mark, or nothing. */
export function queryString(query: HttpRequest["query"] = {}): string {
  let text = "";
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (value === undefined) continue;
    text += `${text === "" ? "?" : "&"}${encode(name, name)}=${encode(name, String(value))}`;
  }
  return text;
}

function checkedPath(path: string): string {
  if (!/^\/[^/\\?#][^\\?#]*$/.test(path)) {
    throw optionError("path", 'must begin with one "/" and hold no "\\", "?" or "#"', path);
  }
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw optionError("path", 'must have no "." or ".." between its slashes', path);
  }
  return path;
}

/** Most texts hold nothing to encode, and to see that is cheaper than to encode them. */
function encode(name: string, text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    throw optionError(name, "must be well-formed Unicode");
  }
}
