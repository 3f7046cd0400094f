/**
 * A figure as text, with as many digits as it is worth.
 *
 * @param {number | undefined} value
 */
export function figure(value) {
  if (value === undefined || Number.isNaN(value)) return "";
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * A ratio as text, rounded up, so never in our favour.
 *
 * @param {number | undefined} ratio
 */
export function upwards(ratio) {
  if (ratio === undefined || Number.isNaN(ratio)) return "";
  const digits = ratio < 0.1 ? 4 : 3;
  return (Math.ceil(ratio * 10 ** digits) / 10 ** digits).toFixed(digits);
}
