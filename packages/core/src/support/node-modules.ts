/**
 * Loads a module of Node, on Node and other platforms that have it.
 *
 * Its name is not written as an import: bundlers for other platforms would fail on it.
 *
 * @param name - The module's name, without `node:`.
 * @returns The module; `undefined` where there is none.
 *
 * @example
 * import { loadNodeModule } from "@infisical/core/logins";
 * const os = await loadNodeModule<{ hostname(): string }>("os");
 * console.log(os?.hostname() ?? "no host name here");
 */
export async function loadNodeModule<Module>(name: string): Promise<Module | undefined> {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const found = process?.getBuiltinModule?.(name);
  if (found) return found as Module;
  try {
    // Node before 20.16.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node", name].join(":"));
  } catch {
    return undefined;
  }
}

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
 *
 * @example
 * import { readTextFile } from "@infisical/core/logins";
 * const file = await readTextFile("/var/run/secrets/tokens/app");
 * console.log("text" in file ? file.text.length : file.reason);
 */
export async function readTextFile(path: string): Promise<TextFile> {
  const fs = await loadNodeModule<Files>("fs/promises");
  if (typeof fs?.readFile !== "function") return { reason: "NO_FILES" };
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
