/**
 * Gives a path with those above it, the topmost first, without the root.
 *
 * @param {string} path such as `/shop/api`
 * @returns {string[]} such as `/shop` and `/shop/api`
 */
export function withParents(path) {
  const names = path.split("/").filter((name) => name !== "");
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}
