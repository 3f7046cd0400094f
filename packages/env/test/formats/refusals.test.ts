import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { exportFormats, type FormatName, writeVariables } from "../../src/formats/write-variables.ts";

const formats = Object.keys(exportFormats) as FormatName[];
const refusal = (format: FormatName, values: Record<string, string>) =>
  failureOf<Error>(Promise.resolve().then(() => writeVariables(format, values)));

test("a refusal names all variables at once, and shows no value", async () => {
  const secret = "hunter2-hunter2";
  const values = { B: `${secret}\n`, A: `${secret}\r\n`, "C D": secret, FINE: secret };
  const error = await refusal("docker", values);
  expect(error).toMatchObject({ code: "INVALID_OPTION" });
  expect(error.message).toBe(
    'format docker cannot hold the names "C D" and the values of A, B. A variable is one line of less than 64 KiB: a value ' +
      "must not contain a line break, NUL, or a carriage return at its end. Names contain no white space and no =, and do " +
      "not begin with #. Use json or yaml for these.",
  );
  expect(inspect(error)).not.toContain("hunter2");
});

test.each(formats)(
  "what %s writes does not depend on the order of the variables, and ends with a line break",
  (format) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,3}$/), { maxLength: 6 }), (names) => {
        const write = (order: readonly string[]) =>
          writeVariables(format, Object.fromEntries(order.map((name) => [name, `of ${name}`])));
        expect(write([...names].reverse())).toBe(write(names));
        if (names.length > 0) expect(write(names)).toMatch(/\n$/);
      }),
    );
  },
);
