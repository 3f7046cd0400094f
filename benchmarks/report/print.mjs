import { reached } from "./limit.mjs";
import { cells, columns } from "./row.mjs";

/**
 * @typedef {{ machine: Record<string, string>, rounds: number, rows: import("./row.mjs").Row[] }} Report
 */

/** @type {Readonly<Record<"table" | "markdown" | "json", (report: Report) => string>>} */
export const formats = {
  table: (report) => {
    const rows = aligned(report).map((row) => row.join("  ").trimEnd());
    return [...facts(report), "", ...rows].join("\n");
  },
  markdown: (report) => {
    const [head = [], ...rows] = aligned(report);
    const rule = head.map(({ length }, column) => "-".repeat(length - 1) + (isNumber(column) ? ":" : "-"));
    const lines = [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`);
    return [...facts(report).map((fact) => `- ${fact}`), "", ...lines].join("\n");
  },
  json: ({ rows, ...rest }) => {
    const judged = rows.map(({ rounds, ...row }) => ({ ...row, reached: reached(row.limits), rounds }));
    return JSON.stringify({ ...rest, rows: judged }, undefined, 2);
  },
};

/** @param {Report} report */
function facts({ machine, rounds }) {
  return [
    ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
    `rounds: ${rounds}, medians`,
  ];
}

/**
 * The table with its head, every cell as wide as its column.
 *
 * @param {Report} report
 * @returns {string[][]}
 */
function aligned({ rows }) {
  const table = [[...columns], ...rows.map(cells)];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
    }),
  );
}

/** @param {number} column */
function isNumber(column) {
  return column >= 2 && column <= 5;
}
