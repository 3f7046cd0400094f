import { optionError } from "@infisical/core/authoring";

/** Picks the one of two options that was given. Both, or none, is an error that names them. */
export function either<Name extends string>(
  options: Readonly<Partial<Record<Name, string | undefined>>>,
  first: Name,
  second: Name,
): { readonly name: Name; readonly value: string } {
  const given = [first, second].filter((name) => options[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw optionError(`${first} or ${second}`, `must be given, ${given.length ? "not both" : "one of them"}`);
  }
  return { name, value: options[name] ?? "" };
}
