import { installedPackages, installSize } from "../lambda/install-size.mjs";
import { median } from "../speed/median.mjs";
import { pairedRatio } from "../speed/paired-ratio.mjs";
import { importCost } from "./import-cost.mjs";
import { nodeBundleSize } from "./node-bundle.mjs";

/** @typedef {import("../report/row.mjs").Row} Row */

const benchmarks = new URL("../", import.meta.url);
const [ours, official] = /** @type {const} */ (["@infisical/sdk", "infisical-official"]);

/**
 * What the umbrella costs before its first call. The limits are there to be watched while it grows.
 *
 * @type {Readonly<Record<string, (name: string, rounds: number) => Row | Promise<Row>>>}
 */
const measures = {
  "umbrella: import": importRow,
  "umbrella: single file for Node, minified": (name) => sizeRow(name, "bytes", nodeBundleSize, 600_000),
  "umbrella: installed": (name) =>
    sizeRow(name, "MB", (subject) => installSize(benchmarks, [subject]) / 1e6, 20),
  "umbrella: packages installed": (name) =>
    sizeRow(name, "packages", (subject) => installedPackages(benchmarks, [subject]).size, 45),
};

/**
 * @param {{ rounds: number, only: string }} options
 * @returns {Promise<Row[]>}
 */
export async function umbrellaRows({ rounds, only }) {
  const rows = [];
  for (const [name, measure] of Object.entries(measures)) {
    if (!name.includes(only)) continue;
    console.error(`${name} …`);
    rows.push(await measure(name, rounds));
  }
  return rows;
}

/**
 * @param {string} name
 * @param {number} rounds
 * @returns {Promise<Row>}
 */
async function importRow(name, rounds) {
  /** @type {Record<string, number[]>} */
  const costs = { [ours]: [], [official]: [] };
  // The first import of each warms the file system's cache.
  for (let round = -1; round < rounds * 3; round += 1) {
    for (const subject of [ours, official]) {
      const cost = await importCost(import.meta.resolve(subject));
      if (round >= 0) costs[subject]?.push(cost);
    }
  }
  const [mine = [], theirs = []] = [costs[ours], costs[official]];
  const ratio = pairedRatio(mine, theirs);
  return {
    name,
    unit: "ms CPU",
    ours: median(mine),
    official: median(theirs),
    plain: undefined,
    ratio,
    limits: [{ of: "ratio", is: ratio, most: 0.5, inRow: true }],
    rounds: costs,
  };
}

/**
 * @param {string} name
 * @param {string} unit
 * @param {(subject: string) => number} measure
 * @param {number} most
 * @returns {Row}
 */
function sizeRow(name, unit, measure, most) {
  const [mine, theirs] = [measure(ours), measure(official)];
  return {
    name,
    unit,
    ours: mine,
    official: theirs,
    plain: undefined,
    ratio: mine / theirs,
    limits: [{ of: "", is: mine, most, inRow: true }],
  };
}
