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
 * @property {string} bar what must be reached; empty where nothing must
 * @property {boolean | undefined} reached
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
export function cells({ name, unit, ours, official, plain, ratio, bar, reached }) {
  const verdict = reached === undefined ? "" : reached ? "reached" : "MISSED";
  return [name, unit, figure(ours), figure(official), figure(plain), upwards(ratio), bar, verdict];
}

/** @param {number | undefined} value */
function figure(value) {
  if (value === undefined || Number.isNaN(value)) return "";
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * Rounded up, so never in our favour.
 *
 * @param {number | undefined} ratio
 */
function upwards(ratio) {
  if (ratio === undefined || Number.isNaN(ratio)) return "";
  const digits = ratio < 0.1 ? 4 : 3;
  return (Math.ceil(ratio * 10 ** digits) / 10 ** digits).toFixed(digits);
}
