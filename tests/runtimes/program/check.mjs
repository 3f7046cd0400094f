/**
 * Checks without any module of the platform, so that they run on every runtime.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} what
 */
export function equal(actual, expected, what) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/**
 * Gives what a call fails with.
 *
 * @param {Promise<unknown>} call
 * @returns {Promise<any>}
 */
export async function failureOf(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call was expected to fail.");
}

/**
 * Checks that a call fails with an error of ours that has a code.
 *
 * @param {Promise<unknown>} call
 * @param {string} code
 */
export async function failsWith(call, code) {
  const error = await failureOf(call);
  if (error.code !== code) throw new Error(`expected ${code}, got ${error.code ?? error}: ${error.message}`);
  return error;
}
