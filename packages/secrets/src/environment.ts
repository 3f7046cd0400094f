import { optionError } from "@infisical/core";

type Variables = Record<string, string | undefined>;

/** The process's variables; an error where the platform has none. */
export function processVariables(): Variables {
  const { process } = globalThis as { process?: { env?: Variables } };
  if (process?.env) return process.env;
  throw optionError("attachToProcessEnv", "needs process.env, which this platform does not have", true);
}

/** Puts secrets into variables, the first of a name winning; variables that exist are kept. */
export function attach(
  secrets: readonly { readonly secretKey: string; readonly secretValue: string }[],
  variables: Variables,
): void {
  for (const { secretKey, secretValue } of secrets) {
    const valid = secretKey !== "" && !/[=\0]/.test(secretKey) && !secretValue.includes("\0");
    if (valid && !Object.hasOwn(variables, secretKey)) variables[secretKey] = secretValue;
  }
}
