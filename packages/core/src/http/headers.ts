import { version } from "../../package.json";
import { optionError } from "../errors/option-error.ts";

const ownHeaders = ["authorization", "content-type", "content-length", "host"];

/** Checks the `headers` of a client or a request and gives them with lower-case names. Values are never repeated in an error. */
export function checkHeaders(headers: unknown): Record<string, string> {
  const checked: Record<string, string> = {};
  if (headers === undefined) return checked;
  // Of a list or a Headers object, the entries would be lost or taken for something else.
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers)
    throw optionError("headers", "must be a plain object of names and values");
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      throw optionError("headers", "must have HTTP header names", name);
    if (ownHeaders.includes(lower)) throw optionError(`headers.${name}`, "is set by the client itself");
    if (typeof value !== "string" || !isHeaderValue(value)) {
      throw optionError(`headers.${name}`, "must be a string of visible Latin-1 characters");
    }
    checked[lower] = value;
  }
  return checked;
}

/** Whether a text can be sent as a header's value. */
function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** The headers of every request. */
export function defaultHeaders(): Record<string, string> {
  return { accept: "application/json", "user-agent": `infisical-sdk-ts/${version}` };
}
