import { type ExportFormat, isText, joinLines } from "./format.ts";

/** Where the scanner of Docker gives up: the bytes of a line, with its line break. */
const longestLine = 65_536;

/** What `docker run --env-file` reads, and `env_file` of Compose with `format: raw`. Nothing is quoted there. */
export const dockerFormat: ExportFormat = {
  target: "Docker's --env-file",
  limits:
    "A variable is one line of less than 64 KiB: a value must not contain a line break, NUL, or a carriage return at its end. " +
    "Names contain no white space and no =, and do not begin with #.",
  holdsName: (name) => /^[^#=\s\p{C}][^=\s\p{C}]*$/u.test(name),
  write(name, value) {
    const line = `${name}=${value}`;
    const fits = isText(value) && !/\n|\r$/.test(value);
    return fits && new TextEncoder().encode(line).length < longestLine ? line : undefined;
  },
  join: joinLines,
};
