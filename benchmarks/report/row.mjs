import { figure, upwards } from "./figure.mjs";
import { bar, reached } from "./limit.mjs";

/**
 * One line of the table.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit
 * @property {number} ours
 * @property {number | undefined} official
 * @property {number | undefined} plain plain `fetch`, or the handler that was written by hand
 * @property {number | undefined} ratio ours to the official
 * @property {readonly import("./limit.mjs").Limit[]} limits what must be reached; none where the figure is only stated
 * @property {unknown} [rounds] the single figures, for `--json`
 */

/** @type {readonly string[]} */
export const columns = [
  "job",
  "unit",
  "this SDK",
  "official 5.0.2",
  "by hand",
  "ratio",
  "must reach",
  "verdict",
];

/**
 * The cells of a row, as text.
 *
 * @param {Row} row
 * @returns {string[]}
 */
export function cells({ name, unit, ours, official, plain, ratio, limits }) {
  const figures = [figure(ours), figure(official), figure(plain), upwards(ratio)];
  const verdict = reached(limits);
  return [name, unit, ...figures, bar(limits), verdict === undefined ? "" : verdict ? "reached" : "MISSED"];
}
