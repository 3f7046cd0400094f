import { expect, test } from "vitest";
import { readArguments } from "../benchmarks/report/arguments.mjs";
import { formats } from "../benchmarks/report/print.mjs";
import { cells, type Row } from "../benchmarks/report/row.mjs";
import { median } from "../benchmarks/speed/median.mjs";

const row: Row = {
  name: "a job",
  unit: "µs CPU",
  ours: 274.4,
  official: 271.26,
  plain: undefined,
  ratio: 1.1001,
  bar: "ratio ≤ 1.1",
  reached: false,
};

test("a ratio is rounded up, never in our favour", () => {
  expect(cells(row)).toEqual(["a job", "µs CPU", "274", "271", "", "1.101", "ratio ≤ 1.1", "MISSED"]);
  expect(cells({ ...row, ours: 2.345, ratio: 0.00991, reached: true }).slice(2)).toEqual([
    "2.35",
    "271",
    "",
    "0.0100",
    "ratio ≤ 1.1",
    "reached",
  ]);
});

test("the table can be read, pasted and parsed", () => {
  const report = { machine: { node: "v20" }, rounds: 3, rows: [row] };
  expect(formats.table(report)).toMatch(/^node: v20\n.*\n\njob +unit .*\na job +µs CPU +274 /);
  expect(formats.markdown(report)).toContain(
    "| a job | µs CPU |      274 |            271 |         | 1.101 | ratio ≤ 1.1 | MISSED  |",
  );
  expect(JSON.parse(formats.json(report))).toMatchObject({
    rounds: 3,
    rows: [{ ours: 274.4, reached: false }],
  });
});

test("the median is the middle one, or lies between the two middle ones", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
});

test("the command line is read, and a wrong one is named", () => {
  expect(readArguments(["--json", "--rounds", "3"])).toEqual({ format: "json", rounds: 3, only: "" });
  expect(readArguments(["--markdown"]).format).toBe("markdown");
  expect(() => readArguments(["--rounds", "0"])).toThrow("--rounds must be a whole number, 1 or more, got 0");
  expect(() => readArguments(["--fast"])).toThrow("--fast");
});
