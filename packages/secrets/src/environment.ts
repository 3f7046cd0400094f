import { optionError } from "@infisical/core/authoring";

/** The variables of the process, as they are when secrets are to be attached. */
export interface Variables {
  /** Whether the platform takes names in any case. */
  readonly windows: boolean;
  /** A name as the platform compares it. */
  canonical(name: string): string;
  /** Whether there is a variable of this name. */
  has(name: string): boolean;
  /** Sets a variable, and says whether it has that value now. */
  set(name: string, value: string): boolean;
}

/** The process's variables; an error where the platform has none. */
export function processVariables(): Variables {
  const { process } = globalThis as {
    process?: { env?: Record<string, string | undefined>; platform?: string };
  };
  const env = process?.env;
  if (!env)
    throw optionError("attachToProcessEnv", "needs process.env, which this platform does not have", true);
  const windows = process.platform === "win32";
  const canonical = (name: string): string => (windows ? name.toUpperCase() : name);
  // Read once: each look at process.env walks through all that it has.
  const present = new Set(Reflect.ownKeys(env).map((name) => canonical(String(name))));
  return {
    windows,
    canonical,
    has: (name) => present.has(canonical(name)),
    set: (name, value) => {
      try {
        env[name] = value;
      } catch {
        return false;
      }
      return env[name] === value;
    },
  };
}

/** Whether a name can be that of a variable. Platforms cut others short, or put something else in their place. */
export function isVariableName(name: string): boolean {
  return name !== "" && name !== "__proto__" && !/[=\0\p{Surrogate}]/u.test(name);
}

/** Whether a value can be that of a variable. */
export function isVariableValue(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value);
}
