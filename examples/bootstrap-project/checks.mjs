/** Something in a declaration is missing or wrong; the message is all that its author needs. */
export class DeclarationError extends Error {}

/**
 * @param {string} at
 * @param {unknown} value
 * @returns {number}
 */
export function count(at, value) {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 1024) return value;
  throw new DeclarationError(`${at} must be a whole number of bytes, 1 to 1024.`);
}

/**
 * @param {string} at
 * @param {readonly string[]} entries
 */
export function refuseTwins(at, entries) {
  const twin = entries.find((entry, index) => entries.indexOf(entry) < index);
  if (twin !== undefined) throw new DeclarationError(`${at} has ${twin} twice.`);
}

/**
 * @param {string} at
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function object(at, value) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new DeclarationError(`${at} must be an object.`);
}

/**
 * @param {string} at
 * @param {unknown} values
 * @returns {{ at: string, value: unknown }[]}
 */
export function list(at, values = []) {
  if (!Array.isArray(values)) throw new DeclarationError(`${at} must be an array.`);
  return values.map((value, index) => ({ at: `${at}[${index}]`, value }));
}

/**
 * @param {string} at
 * @param {unknown} value
 * @returns {string} as it is, white space and all
 */
export function content(at, value) {
  if (typeof value === "string") return value;
  throw new DeclarationError(`${at} must be a string.`);
}

/**
 * @param {string} at
 * @param {unknown} value
 * @param {{ readonly empty?: boolean }} [may]
 * @returns {string} without white space at its ends, as servers store it
 */
export function text(at, value, { empty = false } = {}) {
  const trimmed = typeof value === "string" ? value.trim() : undefined;
  if (trimmed !== undefined && (empty || trimmed !== "")) return trimmed;
  throw new DeclarationError(`${at} must be a ${empty ? "" : "non-empty "}string.`);
}

/**
 * @param {string} at
 * @param {unknown} value
 * @returns {string}
 */
export function path(at, value) {
  const written = text(at, value);
  if (/^\/(?:[\w-]+(?:\/[\w-]+)*)?$/.test(written)) return written;
  throw new DeclarationError(`${at} must be a path such as "/shop/api".`);
}

/**
 * @param {string} at
 * @param {unknown} values
 * @param {readonly string[]} known
 * @returns {readonly string[]} those of the known ones that are named; all if none are
 */
export function some(at, values, known) {
  if (values === undefined) return known;
  return list(at, values).map(({ at: where, value }) => {
    if (typeof value === "string" && known.includes(value)) return value;
    throw new DeclarationError(`${where} must be one of ${known.join(", ")}.`);
  });
}
