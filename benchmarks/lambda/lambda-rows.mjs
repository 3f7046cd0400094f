import { median } from "../speed/median.mjs";
import { bundleHandlers } from "./bundle.mjs";
import { coldStart } from "./cold-start.mjs";
import { installSize } from "./install-size.mjs";

/**
 * Measures what the handler of examples/lambda weighs and costs, beside the same job with the official SDK and
 * written by hand.
 *
 * @param {{ siteUrl: string, rounds: number }} options
 * @returns {Promise<import("../report/row.mjs").Row[]>}
 */
export async function lambdaRows({ siteUrl, rounds }) {
  const { bundles, remove } = bundleHandlers();
  const starts = { ours: numbers(), official: numbers(), plain: numbers() };
  // Starts differ more from one another than calls do, so there are three for each round.
  for (let round = -1; round < rounds * 3; round += 1) {
    for (const name of /** @type {const} */ (["ours", "official", "plain"])) {
      const cpu = await coldStart(bundles[name].file, siteUrl);
      if (round >= 0) starts[name].push(cpu);
    }
  }
  remove();
  return [
    sizeRow("Lambda bundle, minified", bundles, "bytes", 45_000),
    sizeRow("Lambda bundle, gzipped", bundles, "gzipped", 16_000),
    startRow(starts),
    installRow(),
  ];
}

/**
 * @param {string} name
 * @param {ReturnType<typeof bundleHandlers>["bundles"]} bundles
 * @param {"bytes" | "gzipped"} measure
 * @param {number} most
 * @returns {import("../report/row.mjs").Row}
 */
function sizeRow(name, bundles, measure, most) {
  const ours = bundles.ours[measure];
  const official = bundles.official[measure];
  return {
    name,
    unit: "bytes",
    ours,
    official,
    plain: bundles.plain[measure],
    ratio: ours / official,
    bar: `≤ ${most.toLocaleString("en-US")}`,
    reached: ours <= most,
  };
}

/**
 * @param {{ ours: number[], official: number[], plain: number[] }} starts
 * @returns {import("../report/row.mjs").Row}
 */
function startRow(starts) {
  const { ours, official, plain } = starts;
  const ratio = pairedRatio(ours, official);
  const toHandWritten = pairedRatio(ours, plain);
  return {
    name: "Lambda cold start, up to the first secret",
    unit: "ms CPU",
    ours: median(ours),
    official: median(official),
    plain: median(plain),
    ratio,
    bar: `≤ 1.15 by hand (is ${(Math.ceil(toHandWritten * 1000) / 1000).toFixed(3)}), < official`,
    reached: toHandWritten <= 1.15 && ratio < 1,
    rounds: starts,
  };
}

/** @returns {import("../report/row.mjs").Row} */
function installRow() {
  const example = new URL("../../examples/lambda/", import.meta.url);
  const benchmarks = new URL("../", import.meta.url);
  const ours = installSize(example, ["@infisical/core", "@infisical/auth-aws", "@infisical/secrets"]) / 1e6;
  const official = installSize(benchmarks, ["infisical-official"]) / 1e6;
  return {
    name: "Lambda packages installed",
    unit: "MB",
    ours,
    official,
    plain: 0,
    ratio: ours / official,
    bar: "≤ 4",
    reached: ours <= 4,
  };
}

/**
 * @param {readonly number[]} ones
 * @param {readonly number[]} others
 */
function pairedRatio(ones, others) {
  return median(ones.map((one, index) => one / (others[index] ?? Number.NaN)));
}

/** @returns {number[]} */
function numbers() {
  return [];
}
