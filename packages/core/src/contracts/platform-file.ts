import { InfisicalSDKError } from "../errors/errors.ts";
import { readTextFile } from "../support/text-file.ts";
import { tokenUnavailable } from "./token-source.ts";

/**
 * Reads a file that a login needs, such as a key or a token.
 *
 * @param what - What the file is, as the start of a sentence that its path follows, such as `The key file`.
 * @param path - The file's path.
 * @returns The text, without white space around it.
 * @throws {InfisicalSDKError} `TOKEN_UNAVAILABLE`: it does not exist. `AUTH_FAILED`: it cannot be read, or is empty.
 *
 * @example
 * import { requireTextFile } from "@infisical/core/logins";
 * const tokenOf = (path: string) => requireTextFile("The token file", path);
 */
export async function requireTextFile(what: string, path: string): Promise<string> {
  const file = await readTextFile(path);
  if ("text" in file) {
    const text = file.text.trim();
    if (text !== "") return text;
    throw new InfisicalSDKError(`${what} ${path} is empty.`, { code: "AUTH_FAILED" });
  }
  const message = `${what} ${path} cannot be read (${file.reason}).`;
  if (/^(?:ENOENT|NO_FILES)$/.test(file.reason)) throw tokenUnavailable(message);
  throw new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
