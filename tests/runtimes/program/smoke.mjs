import { failureCases } from "./cases/failures.mjs";
import { secretsCases } from "./cases/secrets.mjs";
import { sessionCases } from "./cases/session.mjs";
import { timeCases } from "./cases/time.mjs";
import { contractCases } from "./contracts.mjs";
import { enterWorld } from "./world.mjs";

const cases = [...secretsCases, ...sessionCases, ...failureCases, ...timeCases];

/**
 * Runs every case, one after another.
 *
 * @param {import("./world.mjs").Modules} modules
 * @param {import("./world.mjs").Settings} settings
 * @param {import("./contracts.mjs").Contracts | undefined} contracts
 * @returns {Promise<Result[]>} what came of each
 */
export async function smoke(modules, settings, contracts) {
  const results = [];
  for (const { name, run } of cases) {
    results.push(await resultOf(name, async () => run(await enterWorld(modules, settings))));
  }
  for (const { name, run } of contracts ? contractCases(contracts, modules) : []) {
    results.push(await resultOf(name, run));
  }
  return results;
}

/**
 * Checks that every entry has something in it.
 *
 * @param {Readonly<Record<string, object>>} entries what was loaded, by how it is imported
 * @returns {Result[]}
 */
export function loadResults(entries) {
  return Object.entries(entries).map(([specifier, exported]) => {
    const empty = Object.keys(exported).length === 0;
    return { name: `${specifier} loads`, ...(empty && { error: "It exports nothing." }) };
  });
}

/** @typedef {{ name: string, error?: string }} Result */

/**
 * @param {string} name
 * @param {() => Promise<void>} run
 * @returns {Promise<Result>}
 */
async function resultOf(name, run) {
  try {
    await run();
    return { name };
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
