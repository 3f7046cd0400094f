import fc from "fast-check";
import { type FormatName, writeVariables } from "../../src/formats/write-variables.ts";

/** Pieces that some reader gives a meaning. */
const pieces = [
  ..."'\"`\\$#=!&;|<>(){}[]*?~%@:,+-. \t\n\r\v\f",
  "\\n",
  "\\r",
  "\\'",
  "\r\n",
  "${HOME}",
  "$(id)",
  "`id`",
  "export ",
  "é",
  "😀",
  "\u2028",
  "\u2029",
  "\u00a0",
  "\u0085",
  "\ufeff",
  "\u007f",
  "\u0001",
  "a",
  "1",
  "---",
];

const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
);

/** Hostile values, short enough that every combination of a few pieces comes up. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(piece, { maxLength: 6 }).map((parts) => parts.join("")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("true", "no", "null", "~", "1e3", "0x1F", "2026-01-01", "<<", "-"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...pieces).map((text) => text.repeat(32_768 / text.length)) },
);

/** Variables with names that every target holds. */
export const variables: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.stringMatching(/^[A-Z][A-Z0-9_]{0,9}$/).map((name) => `${name}_`),
  hostile,
  { maxKeys: 6 },
);

/** Which variables a format holds, by writing each alone. */
export function held(format: FormatName, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => holds(format, { [name]: value })),
  );
}

/** Whether a format writes all of some variables. */
export function holds(format: FormatName, values: Readonly<Record<string, string>>): boolean {
  try {
    writeVariables(format, values);
    return true;
  } catch {
    return false;
  }
}
