import { median } from "../speed/median.mjs";
import { pairedRatio } from "../speed/paired-ratio.mjs";
import { coldStart } from "./cold-start.mjs";

/**
 * Compares the cold starts of the bundles, each up to its first secret.
 *
 * @param {string} name
 * @param {import("./bundle.mjs").Bundles} bundles
 * @param {object} options
 * @param {{ siteUrl: string, certificateFile?: string }} options.server
 * @param {number} options.rounds
 * @param {{ byHand: number, official: number }} options.most what the ratios to the others may be
 * @returns {Promise<import("../report/row.mjs").Row>}
 */
export async function startRow(name, bundles, { server, rounds, most }) {
  const starts = { ours: numbers(), official: numbers(), plain: numbers() };
  // Starts differ more from one another than calls do, so there are three for each round.
  for (let round = -1; round < rounds * 3; round += 1) {
    for (const subject of /** @type {const} */ (["ours", "official", "plain"])) {
      const cpu = await coldStart(bundles[subject].file, server);
      if (round >= 0) starts[subject].push(cpu);
    }
  }
  const { ours, official, plain } = starts;
  const ratio = pairedRatio(ours, official);
  return {
    name,
    unit: "ms CPU",
    ours: median(ours),
    official: median(official),
    plain: median(plain),
    ratio,
    limits: [
      { of: "by hand", is: pairedRatio(ours, plain), most: most.byHand },
      { of: "ratio", is: ratio, most: most.official, inRow: true },
    ],
    rounds: starts,
  };
}

/** @returns {number[]} */
function numbers() {
  return [];
}
