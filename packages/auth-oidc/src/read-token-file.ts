import { readTextFile, tokenUnavailable } from "@infisical/core/authoring";
import { parseJwt, refused } from "./read-token.ts";

/**
 * Reads a JWT from a file.
 *
 * @param what - What the file is, as the start of a sentence.
 */
export async function readTokenFile(path: string, what: string): Promise<string> {
  const file = await readTextFile(path);
  if ("text" in file) return parseJwt(file.text, `${what} ${path}`);
  switch (file.reason) {
    case "NO_FILES":
      throw tokenUnavailable(`This platform has no files, so the token cannot be read from ${path}.`);
    case "ENOENT":
    case "ENOTDIR":
      throw tokenUnavailable(
        `${what} ${path} does not exist: check the path, and that its writer has started.`,
      );
    case "EACCES":
    case "EPERM":
      throw refused(`${what} ${path} cannot be read: this process does not have the permission.`);
    case "EISDIR":
      throw refused(`${what} ${path} is a directory: the path must lead to a file in it.`);
    default:
      throw refused(`${what} ${path} cannot be read (${file.reason}).`);
  }
}
