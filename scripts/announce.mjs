/**
 * Says what is being done, and then how long it took.
 *
 * @param {string} what such as `Installing what the repository needs`
 * @param {() => boolean} step
 * @param {(line: string) => void} [print] to the standard output by default
 * @returns {boolean} whether the step succeeded
 */
export function announce(what, step, print = console.log) {
  print(`${what} ...`);
  const start = performance.now();
  const succeeded = step();
  const seconds = Math.round((performance.now() - start) / 1000);
  print(succeeded ? `  done after ${seconds} s` : `  failed after ${seconds} s: see above`);
  return succeeded;
}
