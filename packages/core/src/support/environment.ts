/**
 * Reads a variable of the process.
 *
 * @param name - The variable's name.
 * @returns Its value; `undefined` where it is not set, or empty, or there is no process.
 *
 * @example
 * import { readVariable } from "@infisical/core/authoring";
 * const region = readVariable("AWS_REGION") ?? "eu-central-1";
 */
export function readVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}
