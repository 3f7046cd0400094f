/** @typedef {import("./figures.mjs").Figures} Figures */

/**
 * Says what is wrong with the figures of a soak.
 *
 * @param {Figures} figures
 * @param {{ calls: number, concurrency: number, tokenLifetime: number }} options
 * @returns {string[]} a sentence for each figure that is off
 */
export function judge(figures, { calls, concurrency, tokenLifetime }) {
  const { heaps, logins, seconds } = figures;
  const problems = [];
  if (figures.calls !== calls) problems.push(`${calls - figures.calls} calls never ended.`);
  for (const [name, count] of Object.entries(figures.wrong)) {
    if (count > 0) problems.push(`${name} is ${count}, and must be 0.`);
  }
  const twice = Math.ceil(calls / 5000);
  if (figures.refusedTwice > twice) {
    problems.push(`${figures.refusedTwice} calls were refused two tokens, where ${twice} would be chance.`);
  }
  if (figures.leasesUnknown > figures.takingsLost) {
    problems.push(
      `${figures.leasesUnknown} leases are left, of which ${figures.takingsLost} takings may know.`,
    );
  }
  // One for each lifetime, which a refresh shortens by up to a tenth, and one for each token that was refused. A step
  // ahead makes the token look old, and one back lets it be used until the server refuses it.
  const refused = figures.revocations + figures.tokenRefusals;
  const allowed = Math.ceil(seconds / (tokenLifetime * 0.9)) + refused + figures.clockSteps + 1;
  if (logins > allowed) problems.push(`${logins} logins and renewals, where ${allowed} would do.`);
  // An outage ends two logins of three attempts each before they keep a distance.
  const outages = figures.restarts + figures.diversions;
  const allowedFailures = figures.loginFaults + outages * 9 + figures.clockSteps;
  if (figures.failedLogins > allowedFailures) {
    problems.push(`${figures.failedLogins} logins failed, where ${allowedFailures} attempts would do.`);
  }
  // A login that fails is tried again after seconds at most; whoever never stops waiting loses nearly all.
  if (figures.lostToLogins > calls / 4) {
    problems.push(`${figures.lostToLogins} reads were lost to logins, where ${calls / 4} are too many.`);
  }
  const allowedLosses = figures.restarts * concurrency * 2;
  if (figures.lostToRestarts > allowedLosses) {
    problems.push(`${figures.lostToRestarts} reads were lost to restarts, where ${allowedLosses} would do.`);
  }
  const [, second = 0, , , last = 0] = heaps;
  if (last > second * 1.1)
    problems.push(`The heap grew from ${second} to ${last} bytes, by more than a tenth.`);
  return problems.concat(problems.length > 0 ? figures.examples : []);
}
