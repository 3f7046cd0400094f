import { optionError, readOption, readVariable } from "@infisical/core/authoring";
import { loadNodeModule } from "@infisical/core/logins";

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a choice looks: variables, and whether files exist. Nothing is requested from anywhere. */
export interface Place {
  /** Returns a variable without white space around it; `undefined` if it is not set or empty. */
  readonly read: (name: string) => string | undefined;
  /** Tells whether there is something at a path, readable or not. */
  readonly exists: (path: string) => Promise<boolean>;
}

/** The place where the program runs, with the variables of a record instead of the process's where one is given. */
export function placeOf(environment: Environment | undefined): Place {
  const lookUp = (name: string): unknown => {
    if (environment === undefined) return readVariable(name);
    return readOption("environment", () =>
      Object.hasOwn(environment, name) ? environment[name] : undefined,
    );
  };
  return {
    read: (name) => {
      const value = lookUp(name);
      return (typeof value === "string" && value.trim()) || undefined;
    },
    exists: fileExists,
  };
}

async function fileExists(path: string): Promise<boolean> {
  const fs = await loadNodeModule<{ access(path: string): Promise<void> }>("fs/promises");
  if (typeof fs?.access !== "function") return false;
  try {
    await fs.access(path);
    return true;
  } catch (error) {
    // What exists but is not accessible is for the login to complain about.
    return !/^(?:ENOENT|ENOTDIR)$/.test((error as { readonly code?: string }).code ?? "ENOENT");
  }
}

/** Whether the process has the same variables: what a package reads by itself, it reads there. */
export function isOfProcess({ read }: Place, names: readonly string[]): boolean {
  const { read: readProcess } = placeOf(undefined);
  return names.every((name) => readProcess(name) === read(name));
}

/** Returns those of some variables that are set. */
export function setAmong({ read }: Place, names: readonly string[]): readonly string[] {
  return names.filter((name) => read(name) !== undefined);
}

/**
 * Returns the first of several variables for one thing that is set.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: two of them have different values. The message shows neither.
 */
export function oneOfVariables(place: Place, names: readonly string[]): string | undefined {
  const [first, ...others] = setAmong(place, names);
  if (first === undefined) return undefined;
  const other = others.find((name) => place.read(name) !== place.read(first));
  if (other === undefined) return first;
  throw optionError(first, `must have the same value as ${other}, or only one of the two must be set`);
}

/**
 * Reads two variables that only make sense together.
 *
 * @returns Their values; `undefined` if neither is set.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: only one of them is set.
 */
export function readPair({ read }: Place, one: string, other: string): readonly [string, string] | undefined {
  const values = [read(one), read(other)] as const;
  if (values[0] !== undefined && values[1] !== undefined) return [values[0], values[1]];
  if (values[0] === undefined && values[1] === undefined) return undefined;
  const [missing, present] = values[0] === undefined ? [one, other] : [other, one];
  throw optionError(missing, `must be set and not empty, since ${present} is set`);
}

/** Joins names for a sentence: `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[], word: "and" | "or" | "nor"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** Says that variables are set: `A is set`, `A and B are set`. */
export function areSet(names: readonly string[]): string {
  return `${listed(names, "and")} ${names.length === 1 ? "is" : "are"} set`;
}
