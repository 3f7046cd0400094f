import { optionError } from "../errors/option-error.ts";
import type { HttpRequest } from "../http-client.ts";

/** The address without its query, for errors and logs. */
export function bareUrl(siteUrl: string, path: string): string {
  return siteUrl + checkedPath(path);
}

/** The query with its question mark, or nothing. */
export function queryString(query: HttpRequest["query"]): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) pairs.push(`${encode(name, name)}=${encode(name, String(value))}`);
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
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

function encode(name: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw optionError(name, "must be well-formed Unicode");
  }
}
