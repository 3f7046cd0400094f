import { type ExportFormat, isText, joinLines } from "./format.ts";

/** What `dotenv` reads, the package of npm. `node --env-file` reads it too, but for carriage returns. */
export const dotenvFormat: ExportFormat = {
  target: "dotenv files",
  limits:
    "Names consist of letters, digits, underscores, dots and hyphens. Values have no escapes: one with all of ', \" and `, " +
    "or with a backslash at its end, fits only if it is a plain line; one with a carriage return must not have a double " +
    "quote, \\n or \\r in letters.",
  holdsName: (name) => /^[\w.-]+$/.test(name),
  write(name, value) {
    const written = isText(value) ? quoted(value) : undefined;
    return written === undefined ? undefined : `${name}=${written}`;
  },
  join: joinLines,
};

function quoted(value: string): string | undefined {
  // The quote after a backslash might be read as a part of the value.
  if (value.endsWith("\\")) return plain(value);
  // Only between double quotes, a carriage return can be written; the reader replaces all others.
  if (value.includes("\r")) return /"|\\[nr]/.test(value) ? undefined : `"${value.replaceAll("\r", "\\r")}"`;
  const quote = ["'", "`"].find((each) => !value.includes(each));
  if (quote !== undefined) return `${quote}${value}${quote}`;
  return /"|\\[nr]/.test(value) ? plain(value) : `"${value}"`;
}

/** A value without quotes: it must not look quoted, and what a reader trims must not be at its ends. */
function plain(value: string): string | undefined {
  const fits = /^[^\s'"`#](?:[^#\r\n\u2028\u2029]*\S)?$/.test(value);
  return fits && !value.includes("#") ? value : undefined;
}
