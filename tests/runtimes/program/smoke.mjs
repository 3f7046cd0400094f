import { failureCases } from "./cases/failures.mjs";
import { loginCases } from "./cases/logins.mjs";
import { secretsCases } from "./cases/secrets.mjs";
import { sessionCases } from "./cases/session.mjs";
import { timeCases } from "./cases/time.mjs";
import { contractCases } from "./contracts.mjs";
import { transportCases } from "./transports.mjs";
import { enterWorld } from "./world.mjs";

/**
 * @typedef {{ name: string, error?: string }} Result
 * @typedef {Readonly<Record<string, any>>} Entries what was loaded, by how it is imported
 */

const cases = [...secretsCases, ...sessionCases, ...loginCases, ...failureCases, ...timeCases];

/**
 * Runs everything there is to run on one runtime.
 *
 * @param {Readonly<Record<string, Entries>>} copies the packages, by how they were loaded
 * @param {import("./world.mjs").Settings} settings
 * @returns {Promise<Result[]>} what came of each case
 */
export async function smoke(copies, settings) {
  const results = [];
  // Contracts watch the timers of the process, so they come before anything that opens a connection.
  for (const run of [loadResults, contractResults, serverResults, transportResults]) {
    for (const [copy, entries] of Object.entries(copies)) {
      const of = await run(entries, settings);
      results.push(...of.map(({ name, ...rest }) => ({ name: `${copy}: ${name}`, ...rest })));
    }
  }
  return results;
}

/**
 * @param {Entries} entries
 * @returns {Result[]}
 */
function loadResults(entries) {
  return Object.entries(entries).map(([specifier, exported]) => {
    const empty = Object.keys(exported).length === 0;
    return { name: `${specifier} loads`, ...(empty && { error: "It exports nothing." }) };
  });
}

/** @param {Entries} entries */
async function contractResults(entries) {
  const contracts = entries["@infisical/core/testing"];
  const results = [];
  for (const { name, run } of contracts ? contractCases(contracts, modulesOf(entries)) : []) {
    results.push(await resultOf(name, run));
  }
  return results;
}

/**
 * @param {Entries} entries
 * @param {import("./world.mjs").Settings} settings
 */
async function serverResults(entries, settings) {
  const results = [];
  for (const { name, run } of cases) {
    results.push(await resultOf(name, async () => run(await enterWorld(modulesOf(entries), settings))));
  }
  return results;
}

/**
 * @param {Entries} entries
 * @param {import("./world.mjs").Settings} settings
 */
async function transportResults(entries, settings) {
  const results = [];
  for (const { name, run } of transportCases(entries, settings.transports)) {
    // Some send a thousand requests.
    results.push(await resultOf(name, run, 60));
  }
  return results;
}

/**
 * @param {Entries} entries
 * @returns {import("./world.mjs").Modules}
 */
function modulesOf(entries) {
  return {
    core: entries["@infisical/core"],
    authUniversal: entries["@infisical/auth-universal"],
    authOidc: entries["@infisical/auth-oidc"],
    githubActions: entries["@infisical/auth-oidc/github-actions"],
    authKubernetes: entries["@infisical/auth-kubernetes"],
    secrets: entries["@infisical/secrets"],
  };
}

/**
 * @param {string} name
 * @param {() => Promise<void>} run
 * @param {number} [patience] in seconds
 * @returns {Promise<Result>}
 */
async function resultOf(name, run, patience = 10) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end within ${patience} s.`)), patience * 1000);
  });
  try {
    await Promise.race([run(), tooLate]);
    return { name };
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
