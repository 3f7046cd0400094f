import { readTextFile, tokenUnavailable } from "@infisical/core/logins";
import { parseJwt, refused } from "./read-token.ts";

/**
 * Reads a JWT from a file.
 *
 * @param variable - The variable that contains the path, for the errors.
 */
export async function readTokenFile(path: string, variable?: string): Promise<string> {
  const what = `The token file ${path}${variable === undefined ? "" : ` of ${variable}`}`;
  const file = await readTextFile(path);
  if ("text" in file) return parseJwt(file.text, what);
  switch (file.reason) {
    case "NO_FILES":
      throw tokenUnavailable(`This platform has no files, so the token cannot be read from ${path}.`);
    case "ENOENT":
    case "ENOTDIR":
      throw tokenUnavailable(`${what} does not exist: check the path, and that its writer has started.`);
    case "EACCES":
    case "EPERM":
      throw refused(`${what} cannot be read: this process does not have the permission.`);
    case "EISDIR":
      throw refused(`${what} is a directory: the path must lead to a file in it.`);
    default:
      throw refused(`${what} cannot be read (${file.reason}).`);
  }
}
