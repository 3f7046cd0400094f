import { oneLine } from "../errors/errors.ts";

/**
 * Reads a variable of the process.
 *
 * @param name - The variable's name.
 * @returns Its value; `undefined` if it is not set or empty, or if there is no `process`.
 *
 * @example
 * import { readVariable } from "@infisical/core/authoring";
 * const region = readVariable("AWS_REGION") ?? "eu-central-1";
 */
export function readVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}

interface ProcessLike {
  emitWarning?: (text: string, options: { type: string; code: string }) => void;
}

/**
 * Emits a process warning, which Node prints to standard error; does nothing if there is no `process`.
 *
 * @param code - A stable word in capitals, such as `INFISICAL_PLAIN_HTTP`.
 * @param text - What is wrong and what would be right. It must not contain a credential.
 *
 * @example
 * import { warn } from "@infisical/core/authoring";
 * warn("ACME_OLD_SERVER", "This server is too old for tags: they are left out.");
 */
export function warn(code: string, text: string): void {
  const { process } = globalThis as { process?: ProcessLike };
  process?.emitWarning?.(oneLine(text), { type: "InfisicalWarning", code });
}
