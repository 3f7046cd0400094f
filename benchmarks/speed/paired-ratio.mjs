import { median } from "./median.mjs";

/**
 * The ratio of two series that were taken in turn: pair by pair, since a machine that slows down slows down both of a
 * pair.
 *
 * @param {readonly number[]} ones
 * @param {readonly number[]} others as many
 */
export function pairedRatio(ones, others) {
  return median(ones.map((one, index) => one / (others[index] ?? Number.NaN)));
}
