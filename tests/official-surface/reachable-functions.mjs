/**
 * Gives the path of every function that can be reached from a value: through its properties, and through what
 * functions without parameters give at once.
 *
 * @param {object} start
 * @param {ReadonlySet<string>} [leftOut] names of members that do not count
 * @returns {Promise<string[]>} such as `kms().keys().create`
 */
export async function reachableFunctions(start, leftOut = new Set()) {
  /** @type {Set<string>} */
  const paths = new Set();
  /** @type {Promise<unknown>[]} */
  const promises = [];

  /**
   * @param {object} value
   * @param {string} prefix
   */
  const walk = (value, prefix) => {
    for (const name of memberNames(value).filter((name) => !leftOut.has(name))) {
      /** @type {unknown} */
      const member = Reflect.get(value, name);
      if (typeof member === "object" && member !== null) walk(member, `${prefix}${name}.`);
      if (typeof member !== "function") continue;
      paths.add(prefix + name);
      if (member.length > 0) continue;
      /** @type {unknown} */
      const given = member.call(value);
      if (given instanceof Promise) promises.push(given);
      else if (typeof given === "object" && given !== null) walk(given, `${prefix}${name}().`);
    }
  };

  walk(start, "");
  await Promise.allSettled(promises);
  return [...paths].sort();
}

/**
 * @param {object} value
 * @returns {string[]} its own members and those of its class
 */
function memberNames(value) {
  const prototype = Object.getPrototypeOf(value);
  const inherited = prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype);
  return [...new Set([...Object.keys(value), ...inherited])].filter((name) => name !== "constructor");
}
