/**
 * Copies an object's own properties into one that inherits nothing, so that no property that somebody added to all
 * objects is taken for an option.
 *
 * @param value - The object.
 * @returns The copy. A copy of it by `...` inherits again.
 *
 * @example
 * import { own } from "@infisical/core/authoring";
 * const { recursive } = own({ path: "/" } as { path: string; recursive?: boolean }); // undefined, whatever all objects have
 */
export function own<Value extends object>(value: Value): Value {
  return { __proto__: null, ...value } as Value;
}
