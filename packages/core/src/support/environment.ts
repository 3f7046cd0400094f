import { InfisicalSDKError, oneLine } from "../errors/errors.ts";

/**
 * Reads a variable of the process.
 *
 * @param name - The variable's name.
 * @returns Its value without white space around it; `undefined` if it is not set or blank, or if there is no `process`.
 *
 * @example
 * import { readVariable } from "@infisical/core/authoring";
 * const region = readVariable("AWS_REGION") ?? "eu-central-1";
 */
export function readVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const env = process?.env;
  const value: unknown =
    name in Object.prototype && !Object.hasOwn(env ?? {}, name) ? undefined : env?.[name];
  // The names of inherited methods are names of variables too.
  return (typeof value === "string" && value.trim()) || undefined;
}

/**
 * Parses the address of a platform's service, from a variable.
 *
 * @param variable - The variable's name, for the error.
 * @param value - The address; white space around it is dropped.
 * @returns The address.
 * @throws {InfisicalSDKError} `AUTH_FAILED`: it is not an `http:` or `https:` URL. The message does not repeat it.
 *
 * @example
 * import { addressFrom, readVariable } from "@infisical/core/authoring";
 * const url = addressFrom("ACME_URL", readVariable("ACME_URL") ?? "http://169.254.169.254");
 */
export function addressFrom(variable: string, value: string): URL {
  try {
    const url = new URL(value.trim());
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // The parser's message would repeat the value, which may contain a key.
  }
  throw new InfisicalSDKError(`${variable} must be a URL that begins with http: or https:.`, {
    code: "AUTH_FAILED",
  });
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
