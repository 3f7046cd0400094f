import { failureCases } from "./cases/failures.mjs";
import { secretsCases } from "./cases/secrets.mjs";
import { sessionCases } from "./cases/session.mjs";
import { timeCases } from "./cases/time.mjs";
import { enterWorld } from "./world.mjs";

const cases = [...secretsCases, ...sessionCases, ...failureCases, ...timeCases];

/**
 * Runs every case, one after another.
 *
 * @param {import("./world.mjs").Modules} modules
 * @param {import("./world.mjs").Settings} settings
 * @returns {Promise<{ name: string, error?: string }[]>} what came of each
 */
export async function smoke(modules, settings) {
  const results = [];
  for (const { name, run } of cases) {
    try {
      await run(await enterWorld(modules, settings));
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return results;
}
