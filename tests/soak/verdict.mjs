/** @typedef {Awaited<ReturnType<typeof import("./soak.mjs").soak>>} Figures */

/**
 * Says what is wrong with the figures of a soak.
 *
 * @param {Figures} figures
 * @param {{ calls: number, tokenLifetime: number }} options
 * @returns {string[]} a sentence for each figure that is off
 */
export function judge(figures, { calls, tokenLifetime }) {
  const { heaps, logins, seconds, revocations, faults } = figures;
  const problems = [];
  if (figures.calls !== calls) problems.push(`${calls - figures.calls} calls never ended.`);
  for (const name of /** @type {const} */ ([
    "repeatedWrites",
    "wronglyReported",
    "lostReads",
    "foreignErrors",
  ])) {
    if (figures[name] > 0) problems.push(`${name} is ${figures[name]}, and must be 0.`);
  }
  const twice = Math.ceil(calls / 5000);
  if (figures.refusedTwice > twice) {
    problems.push(`${figures.refusedTwice} calls were refused two tokens, where ${twice} would be chance.`);
  }
  // One for each lifetime, which a refresh shortens by up to a tenth, one for each token that was refused.
  const allowed = Math.ceil(seconds / (tokenLifetime * 0.9)) + revocations + Math.ceil(faults / 10) + 1;
  if (logins > allowed) problems.push(`${logins} logins and renewals, where ${allowed} would do.`);
  const [, second = 0, , , last = 0] = heaps;
  if (last > second * 1.1)
    problems.push(`The heap grew from ${second} to ${last} bytes, by more than a tenth.`);
  return problems;
}
