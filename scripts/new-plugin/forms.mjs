import { formsOf } from "../new-package/fill.mjs";

/**
 * Returns the forms of a package's name that its code uses: `acme` for `infisical-auth-acme`, `my-plugin` for `my-plugin`.
 *
 * @param {string} name
 * @param {string} kind
 */
export function formsFor(name, kind) {
  const words = name.split(/[._-]+/).filter((word) => word !== "");
  const meaningful = words.filter((word) => word !== "infisical" && word !== kind);
  return formsOf((meaningful.length > 0 ? meaningful : words).join("-"));
}
