import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { optionError } from "@infisical/core/authoring";

/** How to write a file. */
export interface WriteFileOptions {
  /** The option that names the file, for the error. */
  readonly option: string;
  /** The permissions, of which the process's mask can remove some. */
  readonly mode: number;
}

/**
 * Writes a file as a whole: nobody reads half of it, and if writing fails, the old one stays.
 *
 * @returns Whether anything was written: a file that has this text and no other permissions is left as it is.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it cannot be written.
 */
export async function writeFileWhole(
  path: string,
  text: string,
  { option, mode }: WriteFileOptions,
): Promise<boolean> {
  try {
    const target = await realpath(path).catch(() => path);
    const existing = await stat(target).catch(() => undefined);
    if (existing && !existing.isFile()) {
      if (existing.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
      await appendTo(target, text);
      return true;
    }
    const isSame = existing && (await readFile(target, "utf8").catch(() => undefined)) === text;
    if (isSame && (process.platform === "win32" || (existing.mode & 0o777 & ~mode) === 0)) return false;
    await replace(target, text, mode);
    return true;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    throw optionError(option, `cannot be written: ${reasons[code ?? ""] ?? code ?? "unknown error"}`, path);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

async function replace(target: string, text: string, mode: number): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes to a device or a pipe, which cannot be replaced. */
async function appendTo(target: string, text: string): Promise<void> {
  const file = await open(target, "a");
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
