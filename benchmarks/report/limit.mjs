import { upwards } from "./figure.mjs";

/**
 * What a figure may be at most.
 *
 * @typedef {object} Limit
 * @property {string} of what is limited; empty where it is the row's own figure
 * @property {number} is what was measured
 * @property {number} most
 * @property {boolean} [inRow] whether another cell of the row has the figure already
 */

/**
 * What must be reached, as text.
 *
 * @param {readonly Limit[]} limits
 */
export function bar(limits) {
  return limits
    .map(({ of, is, most, inRow }) => {
      const limit = `${of} ≤ ${most.toLocaleString("en-US")}`.trimStart();
      return inRow ? limit : `${limit} (is ${exact(is)})`;
    })
    .join(", ");
}

/**
 * Whether all limits are kept; `undefined` where there is none.
 *
 * @param {readonly Limit[]} limits
 */
export function reached(limits) {
  return limits.length === 0 ? undefined : limits.every(({ is, most }) => is <= most);
}

/**
 * Counts are whole, ratios are not.
 *
 * @param {number} is
 */
function exact(is) {
  return Number.isInteger(is) ? is.toLocaleString("en-US") : upwards(is) || "unknown";
}
