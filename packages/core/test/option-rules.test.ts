import {
  fieldsOf,
  integerFrom,
  parseCallOptions,
  requireString,
  requireUnquoted,
} from "@infisical/core/authoring";
import { expect, test } from "vitest";

test.each(['"hunter2"', "'hunter2'", ' "hunter2"\n', "`hunter2`", "“hunter2”", "‘hunter2’", '""'])(
  "%j is still in quotation marks, and is not repeated",
  (value) => {
    const parse = () => requireUnquoted("clientSecret", value, "THE_VARIABLE");
    expect(parse).toThrow(
      "clientSecret must not be in quotation marks (usually from the variable THE_VARIABLE); " +
        "docker --env-file keeps those of the file, so remove them there.",
    );
    expect(() => requireUnquoted("siteUrl", value)).toThrow(
      /^siteUrl must not be in quotation marks; docker/,
    );
  },
);

test.each(["hunter2", 'hunter"2', '"hunter2', "it's", 'a"b"'])("%j is taken as it is", (value) => {
  expect(requireUnquoted("clientSecret", value)).toBe(value);
});

test("a text that may be empty is a text all the same", () => {
  expect(requireString("description", "")).toBe("");
  expect(() => requireString("description", null)).toThrow(/^description must be a string, got null/);
});

test.each([0, 1.5, Number.NaN, "1", 2 ** 53, null])("%s is not a whole number of at least 1", (limit) => {
  const parse = () => parseCallOptions({ limit }, { "limit?": integerFrom(1) });
  expect(parse).toThrow(/^limit must be a whole number of at least 1, got /);
});

test("an object whose fields may all be left out cannot be left out itself", () => {
  const rules = { import: fieldsOf({ "position?": integerFrom(1) }) };
  expect(parseCallOptions({ import: {} }, rules)).toEqual({ import: {} });
  expect(() => parseCallOptions({} as object, rules)).toThrow(/^import must be an object with position/);
});

test("a text in the place of the options is not repeated", () => {
  const parse = () => parseCallOptions("hunter2" as never, { "limit?": integerFrom(1) });
  expect(parse).toThrow(/^options must be an object with limit, signal, timeout, got a string\.$/);
});
