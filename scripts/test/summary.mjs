/**
 * Says how long each step took, which tests were skipped and which failed, and how many there were of each.
 *
 * @param {readonly import("./run.mjs").Result[]} results
 * @returns {string} lines; the last one is `X passed, Y failed`, with `, Z skipped` where there are any
 */
export function summary(results) {
  const failures = results.flatMap(({ failures }) => failures);
  const skipped = results.flatMap(({ skipped }) => skipped);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const durations = results.map(({ name, seconds, failures }) => {
    const mark = failures.length > 0 ? `  (${failures.length} failed)` : "";
    return `${seconds.toFixed(1).padStart(8)} s  ${name}${mark}`;
  });
  return [
    ...durations,
    "",
    ...skipped.map((name) => `skipped: ${name}`),
    ...failures.map((name) => `failed: ${name}`),
    `${passed} passed, ${failures.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`,
  ].join("\n");
}
