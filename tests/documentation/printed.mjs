/**
 * Writes what an example hands to `console.log` as one text, the same in Node and in a page.
 *
 * @param {readonly unknown[]} values
 */
export function printedLine(values) {
  return values.map(printed).join(" ");
}

/**
 * Writes an error with its class and its code.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function printedError(error) {
  if (!(error instanceof Error)) return printed(error);
  const code = /** @type {{ code?: unknown }} */ (error).code;
  return `${error.name}${typeof code === "string" ? ` ${code}` : ""}: ${error.message}`;
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function printed(value) {
  if (value instanceof Error) return printedError(value);
  const isData = Array.isArray(value) || isPlainObject(value);
  return isData ? JSON.stringify(value, undefined, 2) : String(value);
}

/** @param {unknown} value */
function isPlainObject(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
