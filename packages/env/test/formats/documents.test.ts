import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { writeVariables } from "../../src/formats/write-variables.ts";
import { held, holds, hostile } from "./values.ts";

const anyNames = fc.dictionary(
  hostile.filter((name) => name.length < 900),
  hostile,
  { maxKeys: 6 },
);

test("JSON.parse reads back every name and value", () => {
  fc.assert(
    fc.property(anyNames, (values) => {
      expect(Object.entries(JSON.parse(writeVariables("json", values))).sort()).toEqual(
        Object.entries(values).sort(),
      );
    }),
    { numRuns: 300 },
  );
});

test.each(["1.1", "1.2"] as const)("a reader of YAML %s reads back every name and value", (version) => {
  fc.assert(
    fc.property(anyNames, (values) => {
      const expected = held("yaml", values);
      const read = parse(writeVariables("yaml", expected), { version, mapAsMap: true });
      expect([...(read instanceof Map ? read : [])].sort()).toEqual(Object.entries(expected).sort());
    }),
    { numRuns: 300 },
  );
});

test("YAML refuses only half characters, and names that are too long for keys", () => {
  expect(holds("yaml", { A: "\ud83d" })).toBe(false);
  expect(holds("yaml", { "\ud83d": "" })).toBe(false);
  expect(holds("yaml", { [`A${"x".repeat(1_000)}`]: "" })).toBe(false);
  fc.assert(
    fc.property(anyNames, (values) => /\p{Cs}/u.test(Object.entries(values).join()) || holds("yaml", values)),
  );
});

test("YAML is plain ASCII where its reader would not print a character", () => {
  expect(writeVariables("yaml", { A: "\ufeff\u0085\u2028\u007f" })).toBe(
    '"A": "\\ufeff\\u0085\\u2028\\u007f"\n',
  );
});

test.each(["json", "yaml"] as const)(
  "%s writes an own __proto__, and nothing as an empty object",
  (format) => {
    expect(writeVariables(format, { ["__proto__"]: "x", A: "y" })).toContain('"__proto__": "x"');
    expect(parse(writeVariables(format, {}))).toEqual({});
  },
);
