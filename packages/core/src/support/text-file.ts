import { InfisicalSDKError } from "../errors/errors.ts";
import { isSecretForm, optionError } from "../errors/make-error.ts";
import { requireUnquoted } from "./check.ts";
import { loadNodeModule } from "./node-modules.ts";

/** What reading a text file came to. */
export type TextFile =
  | {
      /** The text. */
      readonly text: string;
    }
  | {
      /**
       * Why there is none: `ENOENT`, `EACCES`, `EISDIR` and the like, `NOT_A_FILE` for a pipe, a socket or a device,
       * `TOO_LARGE` for more than a million bytes, and `NO_FILES` where the platform has no files.
       */
      readonly reason: string;
    };

/** The parts of `node:fs/promises` that reading a file needs. */
interface Files {
  stat(path: string): Promise<{ readonly size: number; isFile(): boolean; isDirectory(): boolean }>;
  readFile(path: string, encoding: "utf8"): Promise<string>;
}

/** More than any token or key has, in bytes. */
const largestFile = 1_000_000;

/** What reading a file can fail with. */
interface FileError {
  readonly code?: string;
}

/**
 * Reads a text file that a platform writes, such as a token.
 *
 * @param path - The file's path.
 * @returns The text, or why there is none.
 * @throws {InfisicalSDKError} `AUTH_FAILED`: it is not a path but what such a file contains. The message does not repeat it.
 *
 * @example
 * import { readTextFile } from "@infisical/core/logins";
 * const file = await readTextFile("/var/run/secrets/tokens/app");
 * console.log("text" in file ? file.text.length : file.reason);
 */
export async function readTextFile(path: string): Promise<TextFile> {
  if (!isPath(path)) {
    throw new InfisicalSDKError(`The path of a file must not be ${contentRule}.`, { code: "AUTH_FAILED" });
  }
  const fs = await loadNodeModule<Files>("fs/promises");
  if (typeof fs?.readFile !== "function" || typeof fs.stat !== "function") return { reason: "NO_FILES" };
  try {
    const file = await fs.stat(path);
    // A pipe that nobody writes to would keep the program from ending. A directory fails below.
    if (!file.isFile() && !file.isDirectory()) return { reason: "NOT_A_FILE" };
    if (file.size > largestFile) return { reason: "TOO_LARGE" };
    return { text: await fs.readFile(path, "utf8") };
  } catch (error) {
    return { reason: (error as FileError).code ?? "UNREADABLE" };
  }
}

const contentRule = "what a file contains, such as a key or a token (it is not shown)";

/** Whether a text can be the path of a file: no file system has names of more than 255 characters. */
function isPath(text: string): boolean {
  return !isSecretForm(text) && !/[\r\n]/.test(text) && !/[^\\/]{256}/.test(text);
}

/**
 * Checks an option that is the path of a file.
 *
 * @param option - The option's name, as the caller wrote it.
 * @param value - The option; white space around it is dropped.
 * @param variable - The environment variable that usually holds it, which the error then names. Defaults to none.
 * @returns The path.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it is not a string, it is in quotation marks, or it is what such a file
 * contains. The message does not repeat it.
 *
 * @example
 * import { requirePath } from "@infisical/core/logins";
 * requirePath("tokenPath", "/var/run/secrets/token");
 */
export function requirePath(option: string, value: unknown, variable?: string): string {
  const path = requireUnquoted(option, value, variable).trim();
  if (isPath(path)) return path;
  throw optionError(option, `must be the path of a file, not ${contentRule}`);
}
