import { cells, columns } from "./row.mjs";

/**
 * @typedef {{ machine: Record<string, string>, rounds: number, rows: import("./row.mjs").Row[] }} Report
 */

/** @type {Readonly<Record<"table" | "markdown" | "json", (report: Report) => string>>} */
export const formats = {
  table: (report) => [...facts(report), "", ...aligned([[...columns], ...report.rows.map(cells)])].join("\n"),
  markdown: (report) =>
    [
      ...facts(report).map((fact) => `- ${fact}`),
      "",
      `| ${columns.join(" | ")} |`,
      `| ${columns.map((_, index) => (index >= 2 && index <= 5 ? "---:" : "---")).join(" | ")} |`,
      ...report.rows.map((row) => `| ${cells(row).join(" | ")} |`),
    ].join("\n"),
  json: (report) => JSON.stringify(report, undefined, 2),
};

/** @param {Report} report */
function facts({ machine, rounds }) {
  return [
    ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
    `rounds: ${rounds}, medians`,
  ];
}

/**
 * @param {string[][]} table
 * @returns {string[]}
 */
function aligned(table) {
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
