import { bundleHandlers } from "./bundle.mjs";
import { installSize } from "./install-size.mjs";
import { sizeRow } from "./size-row.mjs";
import { startRow } from "./start-row.mjs";

/**
 * @typedef {import("../report/row.mjs").Row} Row
 * @typedef {{ stub: import("../stub/start-stub.mjs").Stub, rounds: number }} Options
 * @typedef {(name: string, bundles: import("./bundle.mjs").Bundles, options: Options) => Row | Promise<Row>} Measure
 */

/** @type {Readonly<Record<string, Measure>>} */
const measures = {
  "Lambda bundle, minified": (name, bundles) => sizeRow(name, bundles, "bytes", 45_000),
  "Lambda bundle, gzipped": (name, bundles) => sizeRow(name, bundles, "gzipped", 16_000),
  "Lambda cold start, up to the first secret": (name, bundles, { stub, rounds }) =>
    startRow(name, bundles, {
      server: { siteUrl: stub.siteUrl },
      rounds,
      most: { byHand: 0.75, official: 0.55 },
    }),
  "Lambda cold start over TLS, up to the first secret": (name, bundles, { stub, rounds }) =>
    startRow(name, bundles, {
      server: { siteUrl: stub.tlsSiteUrl, certificateFile: stub.certificateFile },
      rounds,
      most: { byHand: 0.7, official: 0.5 },
    }),
  "Lambda packages installed": installRow,
};

/**
 * Measures what the handler of examples/lambda weighs and costs, next to the same job with the official SDK and
 * written by hand.
 *
 * @param {Options & { only: string }} options
 * @returns {Promise<Row[]>}
 */
export async function lambdaRows({ only, ...options }) {
  const chosen = Object.entries(measures).filter(([name]) => name.includes(only));
  if (chosen.length === 0) return [];
  const { bundles, remove } = bundleHandlers();
  const rows = [];
  try {
    for (const [name, measure] of chosen) {
      console.error(`${name} …`);
      rows.push(await measure(name, bundles, options));
    }
  } finally {
    remove();
  }
  return rows;
}

/**
 * @param {string} name
 * @returns {Row}
 */
function installRow(name) {
  const example = new URL("../../examples/lambda/", import.meta.url);
  const benchmarks = new URL("../", import.meta.url);
  const ours = installSize(example, ["@infisical/core", "@infisical/auth-aws", "@infisical/secrets"]) / 1e6;
  const official = installSize(benchmarks, ["infisical-official"]) / 1e6;
  return {
    name,
    unit: "MB",
    ours,
    official,
    plain: 0,
    ratio: ours / official,
    limits: [{ of: "", is: ours, most: 4, inRow: true }],
  };
}
