/**
 * A part of `npm test`. Its outcome is whether it succeeded, which counts as one test, or what its tests did.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {() => boolean | Outcome} run
 * @property {boolean} [isNeeded] whether nothing can run after it has failed
 */

/**
 * What tests did.
 *
 * @typedef {object} Outcome
 * @property {number} passed how many
 * @property {readonly string[]} failures each in words
 * @property {readonly string[]} skipped the names of those that did not run
 */

/** @typedef {Outcome & { name: string, seconds: number }} Result */

/**
 * Runs steps, and says at the start of each which it is.
 *
 * @param {readonly Step[]} steps
 * @returns {Result[]} of those that ran
 */
export function run(steps) {
  /** @type {Result[]} */
  const results = [];
  for (const [index, { name, run, isNeeded = false }] of steps.entries()) {
    console.log(`\n── step ${index + 1} of ${steps.length}: ${name}`);
    const start = performance.now();
    const outcome = outcomeOf(name, run());
    const seconds = (performance.now() - start) / 1000;
    results.push({ name, seconds, ...outcome });
    const hasFailed = outcome.failures.length > 0;
    console.log(`── ${name} ${hasFailed ? "failed" : "passed"} after ${seconds.toFixed(1)} s`);
    if (hasFailed && isNeeded) break;
  }
  return results;
}

/**
 * @param {string} name
 * @param {boolean | Outcome} outcome
 * @returns {Outcome}
 */
function outcomeOf(name, outcome) {
  if (typeof outcome !== "boolean") return outcome;
  return { passed: outcome ? 1 : 0, failures: outcome ? [] : [`the step "${name}"`], skipped: [] };
}
