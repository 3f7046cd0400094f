/**
 * Compares the sizes of the bundles.
 *
 * @param {string} name
 * @param {import("./bundle.mjs").Bundles} bundles
 * @param {"bytes" | "gzipped"} measure
 * @param {number} most
 * @returns {import("../report/row.mjs").Row}
 */
export function sizeRow(name, bundles, measure, most) {
  const ours = bundles.ours[measure];
  const official = bundles.official[measure];
  return {
    name,
    unit: "bytes",
    ours,
    official,
    plain: bundles.plain[measure],
    ratio: ours / official,
    limits: [
      { of: "", is: ours, most, inRow: true },
      { of: "files of ky", is: bundles.ours.kyFiles, most: 0 },
    ],
  };
}
