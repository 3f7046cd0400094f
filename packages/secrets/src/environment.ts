import { optionError } from "@infisical/core/authoring";

type Variables = Record<string, string | undefined>;

/** The process's variables; an error where the platform has none. */
export function processVariables(): Variables {
  const { process } = globalThis as { process?: { env?: Variables } };
  if (process?.env) return process.env;
  throw optionError("attachToProcessEnv", "needs process.env, which this platform does not have", true);
}

/** Sets a variable, and says whether it has that name and that value now. */
export function setVariable(variables: Variables, name: string, value: string): boolean {
  // Platforms cut such texts short, or put something else in their place, without a word.
  const holdable = name !== "" && !/[=\0\p{Surrogate}]/u.test(name) && !/[\0\p{Surrogate}]/u.test(value);
  if (!holdable) return false;
  try {
    variables[name] = value;
  } catch {
    return false;
  }
  return hasVariable(variables, name) && variables[name] === value;
}

/** Whether there is a variable of this name. */
export function hasVariable(variables: Variables, name: string): boolean {
  return Object.hasOwn(variables, name);
}
