import { parseEnv } from "node:util";
import { parse } from "dotenv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeVariables } from "../../src/formats/write-variables.ts";
import { held, holds, hostile, variables } from "./values.ts";

test("dotenv reads back whatever is written", () => {
  fc.assert(
    fc.property(variables, (values) => {
      const expected = held("dotenv", values);
      expect(parse(writeVariables("dotenv", expected))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("node --env-file reads the same back, but for carriage returns", () => {
  fc.assert(
    fc.property(variables, (values) => {
      const lines = Object.entries(held("dotenv", values)).filter(([, value]) => !value.includes("\r"));
      const expected = Object.fromEntries(lines);
      expect({ ...parseEnv(writeVariables("dotenv", expected)) }).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

/** What follows a variable in a file, and might be taken for its end. */
const followers = ["", "Z='#'\n", 'Z="\n"\n', "Z=`\n`\n", "Z='\n'\n", "Z=''\n", 'Z=" # "\n'];

/** Whether quotes, or none, would be read back as the value, whatever follows. */
function canBeHeld(value: string): boolean {
  const bodies = [
    value,
    value.replaceAll("\r", "\\r"),
    value.replaceAll("\r", "\\r").replaceAll("\n", "\\n"),
  ];
  const inQuotes = [..."'\"`"].flatMap((quote) =>
    bodies.filter((body) => !body.includes(quote)).map((body) => `${quote}${body}${quote}`),
  );
  return [...inQuotes, ...(/^['"`]/.test(value) ? [] : [value])].some((way) =>
    followers.every((follower) => {
      const text = `A=${way}\n${follower}`;
      const { A, Z, ...others } = parse(text);
      return A === value && Object.keys(others).length === 0 && (Z !== undefined) === (follower !== "");
    }),
  );
}

test("no value is refused that dotenv could read", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      fc.pre(value.length < 100 && !/[\0\p{Cs}\u2028\u2029]/u.test(value));
      if (!holds("dotenv", { A: value })) expect(canBeHeld(value)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ["all three quotes and a line break", "'\"`\n"],
  ["a carriage return and a double quote", '"\r'],
  ["a carriage return and \\n in letters", "\\n\r"],
  ["a line break and a backslash at the end", "\n\\"],
  ["NUL", "a\0"],
  ["half a character", "\ud83d"],
])("a value with %s is refused", (_, value) => {
  expect(holds("dotenv", { A: value })).toBe(false);
});

test.each(["with space", "é", "", "A=B", "A\nB", "#A"])("the name %j is refused", (name) => {
  expect(holds("dotenv", { [name]: "" })).toBe(false);
});

test("usual values are written as people write them", () => {
  const values = { URL: "postgres://app:p@ss#1@db/app", PATH_: "C:\\app\\", QUOTE: "it's", EMPTY: "" };
  expect(writeVariables("dotenv", values)).toBe(
    "EMPTY=''\nPATH_=C:\\app\\\nQUOTE=`it's`\nURL='postgres://app:p@ss#1@db/app'\n",
  );
});
